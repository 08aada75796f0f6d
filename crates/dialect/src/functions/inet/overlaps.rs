//! `inet && inet`.

use super::compared;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_overlaps",
    syntax: "",
    summary: "Tells whether one of two networks holds the other.",
    examples: &[Example {
        sql: "SELECT INET '192.168.1/24' && INET '192.168.1.80/28'",
        prints: "t",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Boolean,
        overlaps,
    )]),
};

fn overlaps(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    compared(arguments, Inet::overlaps)
}
