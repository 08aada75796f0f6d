//! `array_lower(array, dimension)`.

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
    name: "array_lower",
    syntax: "array_lower(anyarray, bigint) → bigint",
    summary: "Returns the lower bound of a dimension of an array, which is 1, and 0 in oidvector and int2vector; NULL where it has no such dimension.",
    examples: &[
        Example { sql: "SELECT array_lower(ARRAY[1, 8], 1)", prints: "1" },
        Example { sql: "SELECT array_lower(ARRAY[1], 2)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::Bigint],
        Parameter::Bigint,
        array_lower,
    )]),
};

fn array_lower(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lengths = array_length(arguments)?;
    let lengths = lengths.as_primitive::<Int64Type>();
    let first = first_subscript(arguments.field(0));
    rows::bigints(arguments.rows(), |row| Ok(lengths.is_valid(row).then_some(first)))
}
