//! `'name'::regclass`: the number of a relation.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regclass",
    syntax: "",
    summary: "Returns the number of the relation that a text names or counts; a number as it is.",
    examples: &[
        Example { sql: "SELECT 'pg_class'::regclass = 1259", prints: "t" },
        Example { sql: "SELECT '1259'::regclass::oid", prints: "1259" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Oid, number),
        Overload::strict(&[Parameter::Text], Parameter::Oid, number_of),
    ]),
};

/// Returns numbers as they are.
pub(super) fn number(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::bigints(arguments.rows(), |row| Ok(numbers.get(row)))
}

fn number_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(name) = names.get(row) else { return Ok(None) };
        if let Ok(number) = name.parse() {
            return Ok(Some(number));
        }
        if let Some(number) = arguments.catalog().number_of(name) {
            return Ok(Some(number));
        }
        let message = format!("relation \"{name}\" does not exist");
        Err(external(Error::new(SqlState::UndefinedTable, message)))
    })
}
