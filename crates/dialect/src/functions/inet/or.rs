//! `inet | inet`.

use super::combined;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_or",
    syntax: "",
    summary: "Returns the bits that either address has.",
    examples: &[Example {
        sql: "SELECT INET '192.168.1.6' | INET '0.0.0.255'",
        prints: "192.168.1.255",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Inet,
        or,
    )]),
};

fn or(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    combined(arguments, Inet::or)
}
