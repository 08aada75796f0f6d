//! `pi(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::Float64Array;
use datafusion::common::Result;
use std::f64::consts::PI;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "pi",
    syntax: "pi() → double precision",
    summary: "Returns the ratio of a circle to its diameter.",
    examples: &[Example { sql: "SELECT pi()", prints: "3.141592653589793" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[],
        Parameter::DoublePrecision,
        pi,
    )]),
};

// Kernels return results.
#[allow(clippy::unnecessary_wraps)]
fn pi(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(Float64Array::from_value(PI, arguments.rows())))
}
