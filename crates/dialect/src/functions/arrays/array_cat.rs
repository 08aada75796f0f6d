//! `array_cat(array, array)`.

use super::items::{item_type, lists_of, other_dimensions};
use super::lists::ListsBuilder;
use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_cat",
    syntax: "array_cat(anyarray, anyarray) → anyarray",
    summary: "Puts the items of one array behind those of another; NULL counts as no array. An array of one dimension fewer is a further row.",
    examples: &[
        Example { sql: "SELECT array_cat(ARRAY[1, 2], ARRAY[3])", prints: "{1,2,3}" },
        Example { sql: "SELECT array_cat(ARRAY[[1, 2]], ARRAY[3, 4])", prints: "{{1,2},{3,4}}" },
        Example { sql: "SELECT array_cat(NULL, ARRAY[1])", prints: "{1}" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::CompatibleArray, Parameter::CompatibleArray],
        Parameter::CompatibleArray,
        array_cat,
    )]),
};

fn array_cat(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let item = item_type(arguments, 2);
    let (left, right) = (lists_of(arguments, 0, &item)?, lists_of(arguments, 1, &item)?);
    let depth = left.array.depth().max(right.array.depth());
    let mut builder =
        ListsBuilder::new(vec![Arc::clone(&left.array.items), Arc::clone(&right.array.items)]);
    for row in 0..arguments.rows() {
        let (left_row, right_row) = (left.index(row), right.index(row));
        if left.array.is_null(left_row) && right.array.is_null(right_row) {
            builder.null_row();
            continue;
        }
        let lengths =
            lengths(&left.array.dimensions(left_row), &right.array.dimensions(right_row))?;
        if !lengths.is_empty() && lengths.len() != depth {
            return Err(other_dimensions(lengths.len(), depth));
        }
        builder.extend(0, left.array.range(left_row))?;
        builder.extend(1, right.array.range(right_row))?;
        builder.end_row(lengths);
    }
    builder.finish(&item, depth)
}

/// Returns how long the dimensions of both together are.
fn lengths(left: &[usize], right: &[usize]) -> Result<Vec<usize>> {
    if left.is_empty() || right.is_empty() {
        return Ok([left, right].concat());
    }
    // An array of one dimension fewer is one row of the other.
    let (longer, shorter) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    let (rows, inner) = if longer.len() == shorter.len() {
        (shorter[0], &shorter[1..])
    } else if longer.len() == shorter.len() + 1 {
        (1, shorter)
    } else {
        let detail = format!(
            "Arrays of {} and {} dimensions are not compatible for concatenation.",
            left.len(),
            right.len()
        );
        return Err(incompatible(&detail));
    };
    if longer[1..] != *inner {
        let of = if longer.len() == shorter.len() { "element " } else { "" };
        let detail =
            format!("Arrays with differing {of}dimensions are not compatible for concatenation.");
        return Err(incompatible(&detail));
    }
    let mut lengths = longer.to_vec();
    lengths[0] += rows;
    Ok(lengths)
}

fn incompatible(detail: &str) -> DataFusionError {
    let message = "cannot concatenate incompatible arrays";
    external(Error::new(SqlState::ArraySubscriptError, message).with_detail(detail))
}
