//! `pg_ts_parser_is_visible`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_ts_parser_is_visible",
    syntax: "pg_ts_parser_is_visible(oid) → boolean",
    summary: "Tells whether the name of a text search parser is found without its schema; it always is.",
    examples: &[Example { sql: "SELECT pg_ts_parser_is_visible(25)", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Boolean,
        pg_ts_parser_is_visible,
    )]),
};

fn pg_ts_parser_is_visible(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::booleans(arguments.rows(), |_| Ok(Some(true)))
}
