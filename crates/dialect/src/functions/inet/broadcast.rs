//! `broadcast(inet)`.

use super::inets;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "broadcast",
    syntax: "broadcast(inet) → inet",
    summary: "Returns the last address of a network.",
    examples: &[Example {
        sql: "SELECT broadcast(INET '192.168.1.5/24')",
        prints: "192.168.1.255/24",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Inet,
        broadcast,
    )]),
};

fn broadcast(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    inets(arguments, |inet| Ok(inet.broadcast()))
}
