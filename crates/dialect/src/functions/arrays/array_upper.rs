//! `array_upper(array, dimension)`.

use super::array_length::array_length;
use crate::array_types::first_subscript;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_upper",
    syntax: "array_upper(anyarray, bigint) → bigint",
    summary: "Returns the upper bound of a dimension of an array; NULL where it has no such dimension.",
    examples: &[
        Example { sql: "SELECT array_upper(ARRAY[1, 8, 3, 7], 1)", prints: "4" },
        Example { sql: "SELECT array_upper(ARRAY[1], 0)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::Bigint],
        Parameter::Bigint,
        array_upper,
    )]),
};

fn array_upper(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lengths = array_length(arguments)?;
    let lengths = lengths.as_primitive::<Int64Type>();
    let before = first_subscript(arguments.field(0)) - 1;
    rows::bigints(arguments.rows(), |row| {
        Ok(lengths.is_valid(row).then(|| lengths.value(row) + before))
    })
}
