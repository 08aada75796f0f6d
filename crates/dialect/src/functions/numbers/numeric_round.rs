//! `round(…)` of a DECIMAL.

use super::decimal::{Rounding, round_double};
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_round",
    syntax: "",
    summary: "Rounds a DECIMAL to the nearest integer, halves away from zero.",
    examples: &[
        Example { sql: "SELECT round(2.5)", prints: "3" },
        Example { sql: "SELECT round(2.5::float8)", prints: "2" },
        Example { sql: "SELECT round(-0.4)", prints: "0" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        numeric_round,
    )]),
};

fn numeric_round(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(round_double(number, 0, Rounding::Nearest)))
}
