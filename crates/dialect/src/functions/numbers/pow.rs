//! `pow(…)`.

use super::doubles::of_two;
use super::power::raised;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "pow",
    syntax: "pow(double precision, double precision) → double precision",
    summary: "Does what `power` does.",
    examples: &[
        Example { sql: "SELECT pow(9, 3)", prints: "729" },
        Example { sql: "SELECT pow(2, -1)", prints: "0.5" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        pow,
    )]),
};

fn pow(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, raised)
}
