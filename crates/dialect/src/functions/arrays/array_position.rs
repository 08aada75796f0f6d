//! `array_position(array, value)`.

use super::items::{comparator, item_type, lists_of, values_of};
use super::lists::{Lists, fault};
use crate::array_types::first_subscript;
use crate::functions::argument::{Argument, Arguments};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::SqlState;
use datafusion::arrow::array::{Array, ArrayRef, DynComparator};
use datafusion::common::Result;
use std::ops::Range;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_position",
    syntax: "array_position(anyarray, any) → bigint\narray_position(anyarray, any, bigint) → bigint",
    summary: "Returns where a value first stands in an array, also NULL, from a place on where one is given; NULL where it does not.",
    examples: &[
        Example { sql: "SELECT array_position(ARRAY['sun', 'mon', 'tue'], 'mon')", prints: "2" },
        Example { sql: "SELECT array_position(ARRAY[1, 2, 1], 1, 2)", prints: "3" },
        Example { sql: "SELECT array_position(ARRAY[1, NULL], NULL)", prints: "2" },
        Example { sql: "SELECT array_position(ARRAY[1], 2)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::lenient(
            &[Parameter::CompatibleArray, Parameter::Compatible],
            Parameter::Bigint,
            array_position,
        ),
        Overload::lenient(
            &[Parameter::CompatibleArray, Parameter::Compatible, Parameter::Bigint],
            Parameter::Bigint,
            array_position,
        ),
    ]),
};

fn array_position(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let found = Found::new(arguments)?;
    let starts = if arguments.count() > 2 { Some(arguments.bigints(2)?) } else { None };
    let before = first_subscript(arguments.field(0)) - 1;
    rows::bigints(arguments.rows(), |row| {
        let Some(mut range) = found.range(row)? else { return Ok(None) };
        let first = range.start;
        if let Some(starts) = &starts {
            let Some(start) = starts.get(row) else {
                let message = "initial position must not be null";
                return Err(fault(SqlState::NullValueNotAllowed, message));
            };
            let skipped = usize::try_from(start.saturating_sub(1 + before)).unwrap_or_default();
            range.start = first.saturating_add(skipped).min(range.end);
        }
        Ok(range
            .into_iter()
            .find(|item| found.is_value(*item, row))
            .map(|item| rows::count(item - first + 1) + before))
    })
}

/// A value that is looked for in arrays, also NULL.
pub(super) struct Found {
    lists: Argument<Lists>,
    values: Argument<ArrayRef>,
    compare: DynComparator,
}

impl Found {
    /// Takes the array and the value of a call.
    pub(super) fn new(arguments: &Arguments<'_>) -> Result<Self> {
        let item = item_type(arguments, 2);
        let lists = lists_of(arguments, 0, &item)?;
        let values = values_of(arguments, 1, &item)?;
        let compare = comparator(&lists.array.items, &values.array)?;
        Ok(Self { lists, values, compare })
    }

    /// Returns where the items of a row are; `None` for NULL, and an error where they have several dimensions.
    pub(super) fn range(&self, row: usize) -> Result<Option<Range<usize>>> {
        let Some(list) = self.lists.row(row) else { return Ok(None) };
        let range = self.lists.array.range(list);
        if self.lists.array.depth() > 1 && !range.is_empty() {
            let message = "searching for elements in multidimensional arrays is not supported";
            return Err(fault(SqlState::FeatureNotSupported, message));
        }
        Ok(Some(range))
    }

    /// Tells whether an item is the value of a row.
    pub(super) fn is_value(&self, item: usize, row: usize) -> bool {
        let value = self.values.index(row);
        match (self.lists.array.items.is_null(item), self.values.array.is_null(value)) {
            (false, false) => (self.compare)(item, value).is_eq(),
            (left, right) => left == right,
        }
    }
}
