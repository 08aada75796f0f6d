//! `pg_char_to_encoding`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_char_to_encoding",
    syntax: "pg_char_to_encoding(name) → integer",
    summary: "Returns the number of the encoding of all texts, UTF8.",
    examples: &[Example { sql: "SELECT pg_char_to_encoding('UTF8')", prints: "6" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Text],
        Parameter::Bigint,
        pg_char_to_encoding,
    )]),
};

fn pg_char_to_encoding(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::bigints(arguments.rows(), |_| Ok(Some(6)))
}
