//! Columns of arrays of however many dimensions: their items side by side, and where those of each row are.

use crate::array_types;
use crate::functions::argument::{Argument, Arguments, external};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, ListArray};
use datafusion::arrow::buffer::{NullBuffer, OffsetBuffer};
use datafusion::arrow::compute::{cast, interleave};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use std::ops::Range;
use std::sync::Arc;

/// How many items the arrays of one batch may have together.
const MAXIMUM_ITEMS: usize = 20_000_000;

/// A column of arrays.
pub(in crate::functions) struct Lists {
    nulls: Option<NullBuffer>,
    /// Where the members of each level lie in the next one, the outermost first.
    levels: Vec<OffsetBuffer<i32>>,
    /// The items of all rows.
    pub(in crate::functions) items: ArrayRef,
}

impl Lists {
    /// Looks into a column; one that holds nothing but NULL may be of any type.
    pub(in crate::functions) fn new(array: &ArrayRef) -> Result<Self> {
        let array = match array.data_type() {
            DataType::List(_) => Arc::clone(array),
            _ => cast(array, &array_types::array_of(&DataType::Utf8, 1))?,
        };
        let nulls = array.nulls().cloned();
        let mut levels = Vec::new();
        let mut items = array;
        while let Some(list) = items.as_list_opt::<i32>() {
            levels.push(list.offsets().clone());
            let inner = Arc::clone(list.values());
            items = inner;
        }
        Ok(Self { nulls, levels, items })
    }

    /// Tells whether a row is NULL.
    pub(in crate::functions) fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }

    /// Returns how many dimensions the type has.
    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// Returns where the items of a row are; NULL has none.
    pub(in crate::functions) fn range(&self, row: usize) -> Range<usize> {
        if self.is_null(row) {
            return 0..0;
        }
        self.levels.iter().fold(row..row + 1, |range, offsets| {
            offset(offsets[range.start])..offset(offsets[range.end])
        })
    }

    /// Returns how long the dimensions of a row are, the outermost first; none where it has no items.
    pub(super) fn dimensions(&self, row: usize) -> Vec<usize> {
        if self.range(row).is_empty() {
            return Vec::new();
        }
        let mut first = row;
        let mut lengths = Vec::with_capacity(self.levels.len());
        for offsets in &self.levels {
            let (start, end) = (offset(offsets[first]), offset(offsets[first + 1]));
            lengths.push(end - start);
            first = start;
        }
        lengths
    }
}

/// Arrow keeps offsets as signed numbers that are never negative.
fn offset(value: i32) -> usize {
    usize::try_from(value).unwrap_or_default()
}

impl Argument<Lists> {
    /// Returns where the array of a row stands; `None` where it is NULL.
    pub(super) fn row(&self, row: usize) -> Option<usize> {
        let row = self.index(row);
        (!self.array.is_null(row)).then_some(row)
    }
}

impl Arguments<'_> {
    /// Returns an argument as arrays.
    pub(in crate::functions) fn lists(&self, index: usize) -> Result<Argument<Lists>> {
        let Argument { array, is_constant } = self.any(index)?;
        Ok(Argument { array: Lists::new(&array)?, is_constant })
    }
}

/// Makes a column of arrays of items of other columns.
pub(super) struct ListsBuilder {
    sources: Vec<ArrayRef>,
    picks: Vec<(usize, usize)>,
    rows: Vec<Option<Vec<usize>>>,
}

impl ListsBuilder {
    /// Takes the columns that items come from, all of one type.
    pub(super) fn new(sources: Vec<ArrayRef>) -> Self {
        Self { sources, picks: Vec::new(), rows: Vec::new() }
    }

    /// Adds an item to the row that is being made.
    pub(super) fn push(&mut self, source: usize, index: usize) -> Result<()> {
        if self.picks.len() == MAXIMUM_ITEMS {
            return Err(too_large());
        }
        self.picks.push((source, index));
        Ok(())
    }

    /// Adds items that stand side by side.
    pub(super) fn extend(&mut self, source: usize, range: Range<usize>) -> Result<()> {
        if self.picks.len() + range.len() > MAXIMUM_ITEMS {
            return Err(too_large());
        }
        self.picks.extend(range.map(|index| (source, index)));
        Ok(())
    }

    /// Returns how many items have been added to all rows.
    pub(super) fn len(&self) -> usize {
        self.picks.len()
    }

    /// Ends a row whose dimensions are so long; none for one without items.
    pub(super) fn end_row(&mut self, dimensions: Vec<usize>) {
        self.rows.push(Some(dimensions));
    }

    /// Ends a row of one dimension, which began after so many items.
    pub(super) fn end_flat_row(&mut self, start: usize) {
        self.rows.push(Some(vec![self.picks.len() - start]));
    }

    /// Adds NULL.
    pub(super) fn null_row(&mut self) {
        self.rows.push(None);
    }

    /// Returns the arrays, of so many dimensions and with items of a type.
    pub(super) fn finish(self, item: &DataType, depth: usize) -> Result<ArrayRef> {
        let sources: Vec<&dyn Array> = self.sources.iter().map(AsRef::as_ref).collect();
        let items = if sources.is_empty() {
            datafusion::arrow::array::new_empty_array(item)
        } else {
            interleave(&sources, &self.picks)?
        };
        nested(items, &self.rows, depth)
    }
}

/// Returns arrays of so many dimensions of items that stand side by side: how long each row's dimensions are, none
/// where it has no items, and `None` for NULL.
pub(super) fn nested(
    items: ArrayRef,
    rows: &[Option<Vec<usize>>],
    depth: usize,
) -> Result<ArrayRef> {
    let nulls = rows.iter().map(Option::is_some).collect::<NullBuffer>();
    let mut inner = items;
    for level in (0..depth.max(1)).rev() {
        let lengths = rows.iter().flat_map(|row| {
            let lengths = row.as_deref().unwrap_or_default();
            // A row that is NULL or empty still has its place on the outermost level.
            let count = if level == 0 { 1 } else { lengths.iter().take(level).product() };
            let count = if level > 0 && lengths.is_empty() { 0 } else { count };
            std::iter::repeat_n(lengths.get(level).copied().unwrap_or_default(), count)
        });
        let field = Arc::new(Field::new_list_field(inner.data_type().clone(), true));
        let nulls = if level == 0 && nulls.null_count() > 0 { Some(nulls.clone()) } else { None };
        inner =
            Arc::new(ListArray::try_new(field, OffsetBuffer::from_lengths(lengths), inner, nulls)?);
    }
    Ok(inner)
}

/// Returns the error for arrays with more items than fit (54000).
pub(super) fn too_large() -> datafusion::error::DataFusionError {
    let message = format!("array size exceeds the maximum allowed ({MAXIMUM_ITEMS})");
    external(Error::new(SqlState::ProgramLimitExceeded, message))
}

/// Returns the error for arrays that cannot be what is asked of them.
pub(super) fn fault(
    state: SqlState,
    message: impl Into<String>,
) -> datafusion::error::DataFusionError {
    external(Error::new(state, message.into()))
}
