//! `trunc(…)` of a DECIMAL.

use super::doubles::{of_one, unsigned_zero};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_trunc",
    syntax: "",
    summary: "Leaves out the digits after the point of a DECIMAL, whose zero has no sign.",
    examples: &[
        Example { sql: "SELECT trunc(-0.5)", prints: "0" },
        Example { sql: "SELECT trunc(-0.5::float8)", prints: "-0" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        numeric_trunc,
    )]),
};

fn numeric_trunc(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(unsigned_zero(number.trunc())))
}
