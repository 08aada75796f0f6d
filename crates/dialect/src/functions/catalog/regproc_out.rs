//! `number::regproc::text`: the name of a function.

use crate::catalog::routine_name;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regproc_out",
    syntax: "",
    summary: "Returns the name of the function of a number.",
    examples: &[
        Example { sql: "SELECT 460::regproc::text", prints: "int8in" },
        Example { sql: "SELECT 0::regproc", prints: "-" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Text,
        name_of,
    )]),
};

fn name_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(number) = numbers.get(row) else { return Ok(None) };
        Ok(Some(match routine_name(number) {
            Some(name) => name.to_owned(),
            None if number == 0 => "-".to_owned(),
            None => number.to_string(),
        }))
    })
}
