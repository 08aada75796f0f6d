//! `inet >> inet`.

use super::compared;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_contains",
    syntax: "",
    summary: "Tells whether a network is larger than another and holds it.",
    examples: &[Example { sql: "SELECT INET '192.168.1/24' >> INET '192.168.1.5'", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Boolean,
        contains,
    )]),
};

fn contains(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    compared(arguments, Inet::contains)
}
