//! `inet << inet`.

use super::compared;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_within",
    syntax: "",
    summary: "Tells whether a network is a part of another and smaller.",
    examples: &[Example { sql: "SELECT INET '192.168.1.5' << INET '192.168.1/24'", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Boolean,
        within,
    )]),
};

fn within(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    compared(arguments, |left, right| right.contains(left))
}
