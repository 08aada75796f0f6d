//! Which functions a statement may call: those with a record, and those that PostgreSQL has under the same name.

use census_dialect::functions;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Functions of DataFusion that PostgreSQL has too, with or without a record; sorted.
const INHERITED: &[&str] = &[
    "ascii",
    "bit_length",
    "btrim",
    "char_length",
    "character_length",
    "chr",
    "concat",
    "concat_ws",
    "current_date",
    "current_time",
    "current_timestamp",
    "date_bin",
    "date_part",
    "date_trunc",
    "encode",
    "initcap",
    "left",
    "length",
    "lower",
    "lpad",
    "ltrim",
    "make_date",
    "make_time",
    "md5",
    "now",
    "octet_length",
    "overlay",
    "regexp_count",
    "regexp_instr",
    "regexp_like",
    "regexp_match",
    "regexp_replace",
    "repeat",
    "replace",
    "reverse",
    "right",
    "row",
    "rpad",
    "rtrim",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "split_part",
    "starts_with",
    "strpos",
    "substr",
    "substring",
    "to_char",
    "to_date",
    "to_hex",
    "to_timestamp",
    "translate",
    "trim",
    "upper",
];

static CALLABLE: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let recorded = functions::all().iter().map(|record| record.name);
    // Names with two underscores stand for operators and casts; SQL cannot call them.
    recorded.chain(INHERITED.iter().copied()).filter(|name| !name.starts_with("__")).collect()
});

/// Tells whether a statement may call a function of this name.
pub(crate) fn is_callable(name: &str) -> bool {
    CALLABLE.contains(name)
}

/// Returns the names of all functions that a statement may call.
pub(crate) fn names() -> Vec<String> {
    CALLABLE.iter().map(|name| (*name).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(INHERITED.is_sorted());
    }

    #[test]
    fn functions_that_postgresql_does_not_have_cannot_be_called() {
        for name in [
            "arrow_typeof",
            "nvl",
            "iszero",
            "named_struct",
            "make_array",
            "list_append",
            "__bigint_in",
        ] {
            assert!(!is_callable(name), "{name}");
        }
    }
}
