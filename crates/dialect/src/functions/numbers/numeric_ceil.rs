//! `ceil(…)` of a DECIMAL.

use super::doubles::{of_one, unsigned_zero};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_ceil",
    syntax: "",
    summary: "Returns the least integer that is not below a DECIMAL, whose zero has no sign.",
    examples: &[
        Example { sql: "SELECT ceil(-0.5)", prints: "0" },
        Example { sql: "SELECT ceil(-0.5::float8)", prints: "-0" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        numeric_ceil,
    )]),
};

fn numeric_ceil(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(unsigned_zero(number.ceil())))
}
