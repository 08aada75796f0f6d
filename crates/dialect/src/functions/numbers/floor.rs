//! `floor(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "floor",
    syntax: "floor(double precision) → double precision",
    summary: "Returns the greatest integer that is not above a number.",
    examples: &[
        Example { sql: "SELECT floor(42.8)", prints: "42" },
        Example { sql: "SELECT floor(-42.8)", prints: "-43" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        floor,
    )]),
};

fn floor(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(number.floor()))
}
