//! `number::double precision`.

use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::of_one;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__float8_of_number",
    syntax: "",
    summary: "Returns a number as one of double precision, whose halves are rounded to the even integer.",
    examples: &[
        Example { sql: "SELECT round(2.5::float8)", prints: "2" },
        Example { sql: "SELECT 5::float8 / 2", prints: "2.5" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        float8_of_number,
    )]),
};

fn float8_of_number(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, Ok)
}
