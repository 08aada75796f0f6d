//! `to_regnamespace(text)`: the number of a schema.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "to_regnamespace",
    syntax: "to_regnamespace(text) → oid",
    summary: "Returns the number of a schema, or NULL where there is none of the name.",
    examples: &[
        Example { sql: "SELECT to_regnamespace('pg_catalog')", prints: "11" },
        Example { sql: "SELECT to_regnamespace('nosuch')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Oid,
        number_of,
    )]),
};

fn number_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        Ok(names.get(row).and_then(|name| arguments.catalog().schema_oid(name)))
    })
}
