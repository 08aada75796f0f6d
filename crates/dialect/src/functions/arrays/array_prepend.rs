//! `array_prepend(value, array)`.

use super::array_append::joined;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_prepend",
    syntax: "array_prepend(any, anyarray) → anyarray",
    summary: "Puts a value before the items of an array.",
    examples: &[
        Example { sql: "SELECT array_prepend(1, ARRAY[2, 3])", prints: "{1,2,3}" },
        Example { sql: "SELECT array_dims(array_prepend(1, ARRAY[2, 3]))", prints: "[1:3]" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Compatible, Parameter::CompatibleArray],
        Parameter::CompatibleArray,
        array_prepend,
    )]),
};

fn array_prepend(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    joined(arguments, 1, 0)
}
