//! `~ inet`.

use super::inets;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_inverse",
    syntax: "",
    summary: "Turns every bit of an address.",
    examples: &[Example { sql: "SELECT ~ INET '192.168.1.6'", prints: "63.87.254.249" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Inet,
        inverse,
    )]),
};

fn inverse(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    inets(arguments, |inet| Ok(inet.inverse()))
}
