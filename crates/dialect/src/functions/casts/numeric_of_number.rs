//! `number::numeric`.

use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::{of_one, unsigned_zero};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__numeric_of_number",
    syntax: "",
    summary: "Returns a number as DECIMAL, whose zero has no sign.",
    examples: &[
        Example { sql: "SELECT (-0.0::float8)::numeric", prints: "0" },
        Example { sql: "SELECT round(2.5::float8::numeric)", prints: "3" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        numeric_of_number,
    )]),
};

fn numeric_of_number(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(unsigned_zero(number)))
}
