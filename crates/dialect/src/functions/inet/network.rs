//! `network(inet)`.

use super::inets;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "network",
    syntax: "network(inet) → inet",
    summary: "Returns the network of an address.",
    examples: &[Example { sql: "SELECT network(INET '192.168.1.5/24')", prints: "192.168.1.0/24" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Inet,
        network,
    )]),
};

fn network(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    inets(arguments, |inet| Ok(inet.network()))
}
