//! `abbrev(inet)`.

use super::texts;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "abbrev",
    syntax: "abbrev(inet) → text",
    summary: "Writes an address as it is printed: with its prefix only where that is not the whole address.",
    examples: &[Example { sql: "SELECT abbrev(INET '10.1.0.0/32')", prints: "10.1.0.0" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Text,
        abbrev,
    )]),
};

fn abbrev(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    texts(arguments, |inet| inet.to_string())
}
