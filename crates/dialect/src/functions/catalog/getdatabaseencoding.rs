//! `getdatabaseencoding`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "getdatabaseencoding",
    syntax: "getdatabaseencoding() → name",
    summary: "Returns the name of the encoding of all texts.",
    examples: &[Example { sql: "SELECT getdatabaseencoding()", prints: "UTF8" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::Name,
        getdatabaseencoding,
    )]),
};

fn getdatabaseencoding(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(Some("UTF8")))
}
