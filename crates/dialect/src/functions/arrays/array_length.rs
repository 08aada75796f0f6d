//! `array_length(array, dimension)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_length",
    syntax: "array_length(anyarray, bigint) → bigint",
    summary: "Returns the length of a dimension of an array; NULL where it has no such dimension, as an empty one.",
    examples: &[
        Example { sql: "SELECT array_length(ARRAY[1, 2, 3], 1)", prints: "3" },
        Example { sql: "SELECT array_length(ARRAY[]::bigint[], 1)", prints: "NULL" },
        Example { sql: "SELECT array_length(ARRAY['text'], 2)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::Bigint],
        Parameter::Bigint,
        array_length,
    )]),
};

/// Every dimension begins at 1, so that its length is also its upper bound.
pub(super) fn array_length(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lists, numbers) = (arguments.lists(0)?, arguments.bigints(1)?);
    rows::bigints(arguments.rows(), |row| {
        let (Some(list), Some(number)) = (lists.row(row), numbers.get(row)) else {
            return Ok(None);
        };
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let lengths = lists.array.dimensions(list);
        Ok(place.and_then(|place| lengths.get(place)).map(|length| rows::count(*length)))
    })
}
