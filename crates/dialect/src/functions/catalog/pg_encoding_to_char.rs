//! `pg_encoding_to_char(integer)`: the name of an encoding.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_encoding_to_char",
    syntax: "pg_encoding_to_char(integer) → text",
    summary: "Returns the name of an encoding by its number; texts are UTF8.",
    examples: &[Example { sql: "SELECT pg_encoding_to_char(6)", prints: "UTF8" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Name,
        pg_encoding_to_char,
    )]),
};

fn pg_encoding_to_char(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| {
        Ok(numbers.get(row).map(|number| match number {
            0 => "SQL_ASCII",
            6 => "UTF8",
            8 => "LATIN1",
            _ => "",
        }))
    })
}
