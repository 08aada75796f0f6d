//! `inet >>= inet`.

use super::compared;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_contains_or_equals",
    syntax: "",
    summary: "Tells whether a network holds another or is the same.",
    examples: &[Example { sql: "SELECT INET '192.168.1/24' >>= INET '192.168.1/24'", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Boolean,
        contains_or_equals,
    )]),
};

fn contains_or_equals(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    compared(arguments, Inet::contains_or_equals)
}
