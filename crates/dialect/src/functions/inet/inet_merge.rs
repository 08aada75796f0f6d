//! `inet_merge(inet, inet)`.

use super::combined;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "inet_merge",
    syntax: "inet_merge(inet, inet) → inet",
    summary: "Returns the smallest network that holds both.",
    examples: &[Example {
        sql: "SELECT inet_merge('192.168.1.5/24', '192.168.2.5/24')",
        prints: "192.168.0.0/22",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Inet,
        inet_merge,
    )]),
};

fn inet_merge(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    combined(arguments, Inet::merge)
}
