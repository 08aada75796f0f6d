//! `inet <<= inet`.

use super::compared;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_within_or_equal",
    syntax: "",
    summary: "Tells whether a network is the whole or a part of another.",
    examples: &[Example { sql: "SELECT INET '192.168.1/24' <<= INET '192.168.1/24'", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Boolean,
        within_or_equal,
    )]),
};

fn within_or_equal(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    compared(arguments, |left, right| right.contains_or_equals(left))
}
