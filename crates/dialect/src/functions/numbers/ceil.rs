//! `ceil(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "ceil",
    syntax: "ceil(double precision) → double precision",
    summary: "Returns the least integer that is not below a number.",
    examples: &[
        Example { sql: "SELECT ceil(42.2)", prints: "43" },
        Example { sql: "SELECT ceil(-42.8)", prints: "-42" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        ceil,
    )]),
};

fn ceil(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(number.ceil()))
}
