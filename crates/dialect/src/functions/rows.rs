//! Results of kernels, row by row.

use crate::functions::argument::{Argument, external};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Int64Array, ListBuilder, StringArray, StringBuilder,
};
use datafusion::common::Result;
use std::sync::Arc;

/// How many bytes one text may have that a function makes longer than its arguments.
pub(super) const MAXIMUM_LENGTH: usize = 64 << 20;
/// How many bytes the texts of one batch may have together; Arrow holds twice as many.
const MAXIMUM_BATCH: usize = 1 << 30;

impl Argument<StringArray> {
    /// Returns the text for a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let index = self.index(row);
        self.array.is_valid(index).then(|| self.array.value(index))
    }
}

impl Argument<Int64Array> {
    /// Returns the number for a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<i64> {
        let index = self.index(row);
        self.array.is_valid(index).then(|| self.array.value(index))
    }
}

impl Argument<BooleanArray> {
    /// Returns the boolean for a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<bool> {
        let index = self.index(row);
        self.array.is_valid(index).then(|| self.array.value(index))
    }
}

impl Argument<BinaryArray> {
    /// Returns the bytes for a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        let index = self.index(row);
        self.array.is_valid(index).then(|| self.array.value(index))
    }
}

/// Makes a text for each row.
pub(super) fn texts<T: AsRef<str>>(
    rows: usize,
    mut text: impl FnMut(usize) -> Result<Option<T>>,
) -> Result<ArrayRef> {
    let mut builder = StringBuilder::with_capacity(rows, rows * 16);
    let mut length = 0;
    for row in 0..rows {
        let value = text(row)?;
        if let Some(value) = &value {
            length += value.as_ref().len();
            if length > MAXIMUM_BATCH {
                return Err(too_long());
            }
        }
        builder.append_option(value);
    }
    Ok(Arc::new(builder.finish()))
}

/// Makes a number for each row.
pub(super) fn bigints(
    rows: usize,
    number: impl FnMut(usize) -> Result<Option<i64>>,
) -> Result<ArrayRef> {
    Ok(Arc::new((0..rows).map(number).collect::<Result<Int64Array>>()?))
}

/// Makes a boolean for each row.
pub(super) fn booleans(
    rows: usize,
    boolean: impl FnMut(usize) -> Result<Option<bool>>,
) -> Result<ArrayRef> {
    Ok(Arc::new((0..rows).map(boolean).collect::<Result<BooleanArray>>()?))
}

/// Makes an array of texts for each row.
pub(super) fn text_lists(
    rows: usize,
    mut items: impl FnMut(usize) -> Result<Option<Vec<Option<String>>>>,
) -> Result<ArrayRef> {
    let mut builder = ListBuilder::new(StringBuilder::new());
    let mut length = 0;
    for row in 0..rows {
        let Some(items) = items(row)? else {
            builder.append(false);
            continue;
        };
        for item in items {
            length += item.as_ref().map_or(0, String::len);
            if length > MAXIMUM_BATCH {
                return Err(too_long());
            }
            builder.values().append_option(item);
        }
        builder.append(true);
    }
    Ok(Arc::new(builder.finish()))
}

/// Returns a number of characters as SQL counts them.
pub(super) fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Returns the error for a text that would be too long (54000).
pub(super) fn too_long() -> datafusion::error::DataFusionError {
    external(Error::new(SqlState::ProgramLimitExceeded, "requested length too large"))
}

/// Returns the error for an argument with a value that is not allowed (22023).
pub(super) fn invalid(message: impl Into<String>) -> datafusion::error::DataFusionError {
    external(Error::new(SqlState::InvalidParameterValue, message.into()))
}
