//! `'name'::regproc`: the number of a function.

use super::regclass_in::number;
use crate::catalog::routine_number;
use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regproc",
    syntax: "",
    summary: "Returns the number of the function that a text names or counts; a number as it is.",
    examples: &[
        Example { sql: "SELECT 'array_in'::regproc::oid", prints: "750" },
        Example { sql: "SELECT 'pg_catalog.int8recv'::regproc", prints: "int8recv" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::RegProc, number),
        Overload::strict(&[Parameter::Text], Parameter::RegProc, number_of),
    ]),
};

fn number_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(name) = names.get(row) else { return Ok(None) };
        if name == "-" {
            return Ok(Some(0));
        }
        let found = name.parse().ok().or_else(|| routine_number(name));
        found.map(Some).ok_or_else(|| {
            let message = format!("function \"{name}\" does not exist");
            external(Error::new(SqlState::UndefinedFunction, message))
        })
    })
}
