//! `number::regnamespace::text`: the name of a schema.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regnamespace_out",
    syntax: "",
    summary: "Returns the name of the schema of a number.",
    examples: &[
        Example { sql: "SELECT 11::regnamespace", prints: "pg_catalog" },
        Example { sql: "SELECT 7::regnamespace::text", prints: "7" },
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
        let found = arguments.catalog().schemas().find(|(_, oid)| *oid == number);
        Ok(Some(found.map_or_else(|| number.to_string(), |(name, _)| name.to_owned())))
    })
}
