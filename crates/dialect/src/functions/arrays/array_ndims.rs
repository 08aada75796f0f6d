//! `array_ndims(array)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_ndims",
    syntax: "array_ndims(anyarray) → bigint",
    summary: "Returns the number of dimensions of an array; NULL for an empty one.",
    examples: &[
        Example { sql: "SELECT array_ndims(ARRAY[[1, 2], [3, 4]])", prints: "2" },
        Example { sql: "SELECT array_ndims(ARRAY[]::text[])", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray],
        Parameter::Bigint,
        array_ndims,
    )]),
};

fn array_ndims(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.lists(0)?;
    rows::bigints(arguments.rows(), |row| {
        let lengths = lists.row(row).map(|row| lists.array.dimensions(row)).unwrap_or_default();
        Ok((!lengths.is_empty()).then_some(rows::count(lengths.len())))
    })
}
