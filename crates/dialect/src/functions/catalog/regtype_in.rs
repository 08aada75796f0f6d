//! `'name'::regtype`: the number of a type.

use super::regclass_in::number;
use crate::catalog::find_type;
use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regtype",
    syntax: "",
    summary: "Returns the number of the type that a text names or counts; a number, or an array of them, as it is.",
    examples: &[
        Example { sql: "SELECT 'bigint'::regtype::oid", prints: "20" },
        Example { sql: "SELECT 2278::regtype = 'void'::regtype", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Oid, number),
        Overload::strict(&[Parameter::BigintArray], Parameter::BigintArray, numbers),
        Overload::strict(&[Parameter::Text], Parameter::Oid, number_of),
    ]),
};

/// Types without values, by the numbers that they have in PostgreSQL.
pub(super) const WITHOUT_VALUES: [(&str, i64); 10] = [
    ("record", 2249),
    ("cstring", 2275),
    ("\"any\"", 2276),
    ("anyarray", 2277),
    ("void", 2278),
    ("trigger", 2279),
    ("internal", 2281),
    ("anyelement", 2283),
    ("event_trigger", 3838),
    ("anyrange", 3831),
];

fn numbers(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(arguments.any(0)?.array)
}

fn number_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(name) = names.get(row) else { return Ok(None) };
        if let Ok(number) = name.parse() {
            return Ok(Some(number));
        }
        let name = name.trim().strip_prefix("pg_catalog.").unwrap_or(name);
        let without_values = WITHOUT_VALUES.iter().find(|(known, _)| *known == name);
        let found = without_values.map(|(_, number)| *number);
        let found = found.or_else(|| find_type(name).map(|found| found.oid().into()));
        found.map(Some).ok_or_else(|| {
            let message = format!("type \"{name}\" does not exist");
            external(Error::new(SqlState::UndefinedObject, message))
        })
    })
}
