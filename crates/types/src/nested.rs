//! Columns that hold columns: lists, structs and maps that are no hstore.

use std::ops::Range;

use datafusion::arrow::array::{
    Array, FixedSizeListArray, LargeListArray, ListArray, MapArray, StructArray,
};
use datafusion::arrow::datatypes::{DataType, FieldRef, Fields};

use crate::TypeError;
use crate::column::Column;

/// Where each row's elements lie among those of all rows.
enum Offsets<'a> {
    Narrow(&'a [i32]),
    Wide(&'a [i64]),
    /// Every row has as many.
    Fixed(usize),
}

impl Offsets<'_> {
    /// Offsets are never negative and fit the memory that holds what they point to.
    fn range(&self, row: usize) -> Range<usize> {
        let wide = |offset: i64| usize::try_from(offset).unwrap_or_default();
        match self {
            Self::Narrow(offsets) => wide(offsets[row].into())..wide(offsets[row + 1].into()),
            Self::Wide(offsets) => wide(offsets[row])..wide(offsets[row + 1]),
            Self::Fixed(size) => row * size..(row + 1) * size,
        }
    }
}

/// A column of lists.
pub(crate) struct List<'a> {
    offsets: Offsets<'a>,
    pub(crate) elements: Box<Column<'a>>,
}

impl<'a> List<'a> {
    pub(crate) fn new(element: &FieldRef, list: &'a ListArray) -> Result<Self, TypeError> {
        Ok(Self {
            offsets: Offsets::Narrow(list.value_offsets()),
            elements: Box::new(Column::new(element, list.values())?),
        })
    }

    pub(crate) fn new_large(
        element: &FieldRef,
        list: &'a LargeListArray,
    ) -> Result<Self, TypeError> {
        Ok(Self {
            offsets: Offsets::Wide(list.value_offsets()),
            elements: Box::new(Column::new(element, list.values())?),
        })
    }

    pub(crate) fn new_fixed(
        element: &FieldRef,
        list: &'a FixedSizeListArray,
    ) -> Result<Self, TypeError> {
        let size = usize::try_from(list.value_length()).unwrap_or_default();
        Ok(Self {
            offsets: Offsets::Fixed(size),
            elements: Box::new(Column::new(element, list.values())?),
        })
    }

    /// Returns which elements a row has.
    pub(crate) fn range(&self, row: usize) -> Range<usize> {
        self.offsets.range(row)
    }
}

/// A column of structs.
pub(crate) struct Struct<'a> {
    /// Each member's name and column.
    pub(crate) members: Vec<(&'a str, Column<'a>)>,
}

impl<'a> Struct<'a> {
    pub(crate) fn new(fields: &'a Fields, array: &'a StructArray) -> Result<Self, TypeError> {
        let mut members = Vec::with_capacity(fields.len());
        for (field, column) in fields.iter().zip(array.columns()) {
            members.push((field.name().as_str(), Column::new(field, column)?));
        }
        Ok(Self { members })
    }
}

/// A column of maps from anything to anything.
pub(crate) struct Map<'a> {
    offsets: &'a [i32],
    pub(crate) keys: Box<Column<'a>>,
    pub(crate) values: Box<Column<'a>>,
}

impl<'a> Map<'a> {
    pub(crate) fn new(entries: &FieldRef, map: &'a MapArray) -> Result<Self, TypeError> {
        let DataType::Struct(fields) = entries.data_type() else {
            return Err(TypeError::NotHstore(map.data_type().clone()));
        };
        Ok(Self {
            offsets: map.value_offsets(),
            keys: Box::new(Column::new(&fields[0], map.keys())?),
            values: Box::new(Column::new(&fields[1], map.values())?),
        })
    }

    /// Returns which entries a row has.
    pub(crate) fn range(&self, row: usize) -> Range<usize> {
        Offsets::Narrow(self.offsets).range(row)
    }
}
