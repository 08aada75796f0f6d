//! `sign(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::cmp::Ordering;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "sign",
    syntax: "sign(double precision) → double precision",
    summary: "Returns 1, 0 or -1, as a number is above, at or below zero.",
    examples: &[Example { sql: "SELECT sign(-8.4)", prints: "-1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        sign,
    )]),
};

fn sign(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| {
        Ok(match number.partial_cmp(&0.0) {
            Some(Ordering::Greater) => 1.0,
            Some(Ordering::Less) => -1.0,
            // PostgreSQL has 0 for the NaN of a double precision.
            Some(Ordering::Equal) | None => 0.0,
        })
    })
}
