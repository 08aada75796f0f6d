//! The types that are no arrays and no rows of relations: how PostgreSQL 15 keeps their values.

use census_types::{SqlType, TypeRoutine};

/// A type, as `pg_type` describes it.
#[derive(Debug)]
pub(super) struct BaseType {
    pub(super) name: &'static str,
    pub(super) oid: u32,
    /// The number of its array; 0 where it has none.
    pub(super) array: u32,
    /// The number of the type of what its subscripts give.
    pub(super) element: u32,
    /// The bytes that a value takes; -1 where they vary, -2 where a zero ends them.
    pub(super) length: i64,
    /// Whether a value is handed on by itself, not by where it is.
    pub(super) is_by_value: bool,
    /// Whether casts within its category lead to it.
    pub(super) is_preferred: bool,
    /// `typtype`, `typcategory`, `typalign` and `typstorage`.
    letters: [&'static str; 4],
}

/// The types, by number.
pub(super) const BASE_TYPES: &[BaseType] = &[
    base("bool", 16, 1000, 0, 1, true, "bBcp", true),
    base("bytea", 17, 1001, 0, -1, false, "bUix", false),
    base("char", 18, 1002, 0, 1, true, "bZcp", false),
    base("name", 19, 1003, 18, 64, false, "bScp", false),
    base("int8", 20, 1016, 0, 8, true, "bNdp", false),
    base("int2", 21, 1005, 0, 2, true, "bNsp", false),
    base("int2vector", 22, 1006, 21, -1, false, "bAip", false),
    base("int4", 23, 1007, 0, 4, true, "bNip", false),
    base("regproc", 24, 1008, 0, 4, true, "bNip", false),
    base("text", 25, 1009, 0, -1, false, "bSix", true),
    base("oid", 26, 1028, 0, 4, true, "bNip", true),
    base("oidvector", 30, 1013, 26, -1, false, "bAip", false),
    base("json", 114, 199, 0, -1, false, "bUix", false),
    base("float4", 700, 1021, 0, 4, true, "bNip", false),
    base("float8", 701, 1022, 0, 8, true, "bNdp", true),
    base("unknown", 705, 0, 0, -2, false, "pXcp", false),
    base("inet", 869, 1041, 0, -1, false, "bIim", true),
    base("bpchar", 1042, 1014, 0, -1, false, "bSix", false),
    base("varchar", 1043, 1015, 0, -1, false, "bSix", false),
    base("date", 1082, 1182, 0, 4, true, "bDip", false),
    base("time", 1083, 1183, 0, 8, true, "bDdp", false),
    base("timestamp", 1114, 1115, 0, 8, true, "bDdp", false),
    base("timestamptz", 1184, 1185, 0, 8, true, "bDdp", true),
    base("interval", 1186, 1187, 0, 16, false, "bTdp", true),
    base("numeric", 1700, 1231, 0, -1, false, "bNim", false),
    base("record", 2249, 2287, 0, -1, false, "pPdx", false),
    base("cstring", 2275, 1263, 0, -2, false, "pPcp", false),
    base("any", 2276, 0, 0, 4, true, "pPip", false),
    base("anyarray", 2277, 0, 0, -1, false, "pPdx", false),
    base("void", 2278, 0, 0, 4, true, "pPip", false),
    base("trigger", 2279, 0, 0, 4, true, "pPip", false),
    base("internal", 2281, 0, 0, 8, true, "pPdp", false),
    base("anyelement", 2283, 0, 0, 4, true, "pPip", false),
    base("anyrange", 3831, 0, 0, -1, false, "pPdx", false),
    base("event_trigger", 3838, 0, 0, 4, true, "pPip", false),
    base("hstore", 16_384, 16_385, 0, -1, false, "bUix", false),
];

// Constants are read as a table, a line a type.
#[allow(clippy::too_many_arguments)]
const fn base(
    name: &'static str,
    oid: u32,
    array: u32,
    element: u32,
    length: i64,
    is_by_value: bool,
    letters: &'static str,
    is_preferred: bool,
) -> BaseType {
    let (kind, letters) = letters.split_at(1);
    let (category, letters) = letters.split_at(1);
    let (alignment, storage) = letters.split_at(1);
    let letters = [kind, category, alignment, storage];
    BaseType { name, oid, array, element, length, is_by_value, is_preferred, letters }
}

impl BaseType {
    /// Returns the type of a SQL type; of an array that of its items.
    pub(super) fn of(sql_type: &SqlType) -> Option<&'static Self> {
        let oid = sql_type.element().oid();
        BASE_TYPES.iter().find(|base| base.oid == oid)
    }

    /// Returns `b` for a type with values, `p` for one without.
    pub(super) fn kind(&self) -> &'static str {
        self.letters[0]
    }

    /// Returns the letter of the types that it is cast among.
    pub(super) fn category(&self) -> &'static str {
        self.letters[1]
    }

    /// Returns where values begin: `c`, `s`, `i` or `d` for 1, 2, 4 or 8 bytes.
    pub(super) fn alignment(&self) -> &'static str {
        self.letters[2]
    }

    /// Returns how long values are kept.
    pub(super) fn storage(&self) -> &'static str {
        self.letters[3]
    }

    /// Returns the number of the function of the type whose name ends so, 0 where there is none; names are written
    /// with and without a line between.
    pub(super) fn routine(&self, ending: &str) -> u32 {
        let name = format!("{}{ending}", self.name);
        let found = TypeRoutine::of_name(&name)
            .or_else(|| TypeRoutine::of_name(&format!("{}_{ending}", self.name)));
        found.map_or(0, |routine| routine.oid)
    }
}

/// Returns how an array of these is aligned: as its items are, and at least as its head.
pub(super) fn array_alignment(base: &BaseType) -> &'static str {
    if base.alignment() == "d" { "d" } else { "i" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_described_under_its_number() {
        for scalar in SqlType::SCALARS {
            let base = BaseType::of(&scalar).unwrap();
            assert_eq!(base.name, scalar.internal_name());
            let array = if scalar == SqlType::Unknown { 0 } else { scalar.into_array().oid() };
            assert_eq!(base.array, array, "{}", base.name);
        }
    }

    #[test]
    fn every_type_with_values_is_read_and_written() {
        for base in BASE_TYPES.iter().filter(|base| base.kind() == "b") {
            for ending in ["in", "out", "recv", "send"] {
                assert_ne!(base.routine(ending), 0, "{}{ending}", base.name);
            }
        }
    }
}
