//! Arrays in PostgreSQL's binary format, as `array_send` writes them.

use super::binary::BinaryColumn;
use bytes::{BufMut, BytesMut};
use census_error::{Error, Result, SqlState};
use census_types::SqlType;
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::DataType;
use std::ops::Range;

/// How many dimensions an array may have in PostgreSQL.
const MOST_DIMENSIONS: usize = 6;

/// A column of arrays, also of arrays of arrays.
pub(super) struct ListColumn<'a> {
    element_oid: u32,
    /// Where each list of a level begins and ends in the next; the outermost level first.
    levels: Vec<&'a [i32]>,
    elements: Box<BinaryColumn<'a>>,
    /// The subscript of the first item.
    first: i32,
}

impl<'a> ListColumn<'a> {
    pub(super) fn new(element: &SqlType, array: &'a ArrayRef) -> Result<Self> {
        let mut levels = Vec::new();
        let mut lists = array;
        loop {
            let Some(list) = lists.as_list_opt::<i32>() else {
                return Err(Error::internal(format!("no list: {}", lists.data_type())));
            };
            levels.push(&**list.offsets());
            lists = list.values();
            let DataType::List(item) = list.data_type() else {
                return Err(Error::internal("a list without items"));
            };
            if !matches!(item.data_type(), DataType::List(_)) {
                let elements = Box::new(BinaryColumn::new(item, lists)?);
                // An array of nothing but NULLs is text[], as in PostgreSQL.
                let element_oid = match element {
                    SqlType::Unknown => SqlType::Text.oid(),
                    element => element.oid(),
                };
                return Ok(Self { element_oid, levels, elements, first: 1 });
            }
        }
    }

    /// Takes a column of one of the catalogs' vectors, whose subscripts begin at 0.
    pub(super) fn vector(element: &SqlType, array: &'a ArrayRef) -> Result<Self> {
        let Some(list) = array.as_list_opt::<i32>() else {
            return Err(Error::internal(format!("no list: {}", array.data_type())));
        };
        let elements = Box::new(BinaryColumn::of_type(element, list.values())?);
        let levels = vec![&**list.offsets()];
        Ok(Self { element_oid: element.oid(), levels, elements, first: 0 })
    }

    /// Writes an array: how many dimensions, whether any item is NULL, the type of the items, the dimensions, the items.
    pub(super) fn write(&self, row: usize, out: &mut BytesMut) -> Result<()> {
        let mut dimensions = Vec::new();
        let mut range = row..row + 1;
        for level in &self.levels {
            let Some((size, inner)) = inner(level, &range) else {
                let message = "an array whose rows differ in length has no binary form";
                return Err(Error::new(SqlState::FeatureNotSupported, message)
                    .with_hint("Cast it to text."));
            };
            dimensions.push(size);
            range = inner;
        }
        if range.is_empty() && self.first == 1 {
            dimensions.clear();
        }
        if dimensions.len() > MOST_DIMENSIONS {
            let message = "number of array dimensions exceeds the maximum allowed (6)";
            return Err(Error::new(SqlState::ProgramLimitExceeded, message));
        }
        let has_null = range.clone().any(|item| self.elements.is_null(item));
        out.put_i32(i32::try_from(dimensions.len()).unwrap_or_default());
        out.put_i32(has_null.into());
        out.put_u32(self.element_oid);
        for size in dimensions {
            out.put_i32(i32::try_from(size).unwrap_or(i32::MAX));
            out.put_i32(self.first);
        }
        for item in range {
            self.elements.write(item, out)?;
        }
        Ok(())
    }
}

/// Returns how long each of the lists is, and where their items are; `None` where they differ in length.
fn inner(offsets: &[i32], lists: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let offset = |place: usize| {
        offsets.get(place).and_then(|offset| usize::try_from(*offset).ok()).unwrap_or_default()
    };
    let mut size = None;
    for list in lists.clone() {
        let length = offset(list + 1).saturating_sub(offset(list));
        if *size.get_or_insert(length) != length {
            return None;
        }
    }
    Some((size.unwrap_or_default(), offset(lists.start)..offset(lists.end)))
}
