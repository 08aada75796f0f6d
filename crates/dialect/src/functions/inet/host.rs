//! `host(inet)`.

use super::texts;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "host",
    syntax: "host(inet) → text",
    summary: "Returns the address without its prefix.",
    examples: &[Example { sql: "SELECT host(INET '192.168.1.5/24')", prints: "192.168.1.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Text,
        host,
    )]),
};

fn host(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    texts(arguments, Inet::host)
}
