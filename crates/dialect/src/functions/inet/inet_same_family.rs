//! `inet_same_family(inet, inet)`.

use super::compared;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "inet_same_family",
    syntax: "inet_same_family(inet, inet) → boolean",
    summary: "Tells whether both are addresses of IPv4, or both of IPv6.",
    examples: &[Example { sql: "SELECT inet_same_family('192.168.1.5/24', '::1')", prints: "f" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Boolean,
        inet_same_family,
    )]),
};

fn inet_same_family(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    compared(arguments, |left, right| left.family() == right.family())
}
