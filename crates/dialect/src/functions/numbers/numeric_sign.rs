//! `sign(…)` of a DECIMAL.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_sign",
    syntax: "",
    summary: "Returns 1, 0 or -1, as a DECIMAL is above, at or below zero, and NaN for NaN.",
    examples: &[
        Example { sql: "SELECT sign('NaN'::numeric)", prints: "NaN" },
        Example { sql: "SELECT sign('NaN'::float8)", prints: "0" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        numeric_sign,
    )]),
};

fn numeric_sign(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    // A zero, with sign or without, is not one of Rust's signs.
    of_one(arguments, |number| Ok(if number == 0.0 { 0.0 } else { number.signum() }))
}
