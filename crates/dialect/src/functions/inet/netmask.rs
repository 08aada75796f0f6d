//! `netmask(inet)`.

use super::inets;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "netmask",
    syntax: "netmask(inet) → inet",
    summary: "Returns the bits of the prefix as an address.",
    examples: &[Example { sql: "SELECT netmask(INET '192.168.1.5/24')", prints: "255.255.255.0" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Inet,
        netmask,
    )]),
};

fn netmask(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    inets(arguments, |inet| Ok(inet.netmask()))
}
