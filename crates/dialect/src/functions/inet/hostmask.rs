//! `hostmask(inet)`.

use super::inets;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "hostmask",
    syntax: "hostmask(inet) → inet",
    summary: "Returns the bits after the prefix as an address.",
    examples: &[Example { sql: "SELECT hostmask(INET '192.168.23.20/30')", prints: "0.0.0.3" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Inet,
        hostmask,
    )]),
};

fn hostmask(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    inets(arguments, |inet| Ok(inet.hostmask()))
}
