//! Reads hstore values of an array without allocating.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use datafusion::arrow::array::{Array, AsArray, MapArray, StringArray};
use datafusion::arrow::buffer::NullBuffer;

use super::{Entry, compare_entries, compare_keys, is_canonical, is_hstore_type};
use crate::TypeError;

/// A typed view of an array of hstore values; copying it costs nothing.
#[derive(Debug, Clone, Copy)]
pub struct HstoreArray<'a> {
    offsets: &'a [i32],
    keys: &'a StringArray,
    values: &'a StringArray,
    nulls: Option<&'a NullBuffer>,
}

impl<'a> HstoreArray<'a> {
    /// Views an array of hstore values.
    ///
    /// # Errors
    /// [`TypeError::NotHstore`] where the array is no map from `Utf8` to `Utf8`.
    pub fn new(array: &'a dyn Array) -> Result<Self, TypeError> {
        match array.as_map_opt() {
            Some(map) => Self::from_map(map),
            None => Err(TypeError::NotHstore(array.data_type().clone())),
        }
    }

    /// Views a map array, as [`HstoreArray::new`] does.
    ///
    /// # Errors
    /// [`TypeError::NotHstore`] where keys or values are not `Utf8`.
    pub fn from_map(map: &'a MapArray) -> Result<Self, TypeError> {
        if !is_hstore_type(map.data_type()) {
            return Err(TypeError::NotHstore(map.data_type().clone()));
        }
        Ok(Self {
            offsets: map.value_offsets(),
            keys: map.keys().as_string(),
            values: map.values().as_string(),
            nulls: map.nulls(),
        })
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Tells whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Tells whether a row is NULL.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        self.nulls.is_some_and(|nulls| nulls.is_null(row))
    }

    /// Returns the entries of a row in the order they are stored; none where the row is NULL.
    #[must_use]
    pub fn entries(&self, row: usize) -> Entries<'a> {
        Entries { keys: self.keys, values: self.values, range: self.range(row) }
    }

    /// Returns the value of a key: `None` where the row is NULL or lacks the key, `Some(None)`
    /// where the value is NULL.
    ///
    /// All entries are looked at: rows written by others need not be in canonical order.
    #[must_use]
    pub fn get(&self, row: usize, key: &str) -> Option<Option<&'a str>> {
        self.range(row).find(|&entry| self.keys.value(entry) == key).map(|entry| self.value(entry))
    }

    /// Tells whether two rows have the same entries, in whatever order; a NULL row counts as empty.
    #[must_use]
    pub fn eq_rows(&self, row: usize, other: &HstoreArray<'_>, other_row: usize) -> bool {
        if self.entries(row).eq(other.entries(other_row)) {
            return true;
        }
        if is_canonical(self.entries(row)) && is_canonical(other.entries(other_row)) {
            return false;
        }
        self.canonical(row) == other.canonical(other_row)
    }

    /// Orders two rows as PostgreSQL's `hstore_cmp`; a NULL row counts as empty.
    #[must_use]
    pub fn compare_rows(&self, row: usize, other: &HstoreArray<'_>, other_row: usize) -> Ordering {
        if is_canonical(self.entries(row)) && is_canonical(other.entries(other_row)) {
            return compare_entries(self.entries(row), other.entries(other_row));
        }
        let (left, right) = (self.canonical(row), other.canonical(other_row));
        compare_entries(left.iter().copied(), right.iter().copied())
    }

    /// Feeds a row to a hasher, so that rows that are equal by [`HstoreArray::eq_rows`] hash alike.
    pub fn hash_row(&self, row: usize, hasher: &mut impl Hasher) {
        if is_canonical(self.entries(row)) {
            hash_entries(self.entries(row), hasher);
        } else {
            hash_entries(self.canonical(row).into_iter(), hasher);
        }
    }

    /// Returns the entries of a row in canonical order; of duplicate keys the first is kept.
    #[must_use]
    pub fn canonical(&self, row: usize) -> Vec<Entry<'a>> {
        let mut entries: Vec<_> = self.entries(row).collect();
        entries.sort_by(|left, right| compare_keys(left.0, right.0));
        entries.dedup_by(|later, first| later.0 == first.0);
        entries
    }

    fn value(&self, entry: usize) -> Option<&'a str> {
        self.values.is_valid(entry).then(|| self.values.value(entry))
    }

    fn range(&self, row: usize) -> Range<usize> {
        if self.is_null(row) {
            return 0..0;
        }
        offset(self.offsets[row])..offset(self.offsets[row + 1])
    }
}

/// Arrow keeps offsets as signed numbers that are never negative.
fn offset(value: i32) -> usize {
    usize::try_from(value).unwrap_or_default()
}

fn hash_entries<'a>(entries: impl ExactSizeIterator<Item = Entry<'a>>, hasher: &mut impl Hasher) {
    hasher.write_usize(entries.len());
    for entry in entries {
        entry.hash(hasher);
    }
}

/// Walks the entries of one row.
#[derive(Debug, Clone)]
pub struct Entries<'a> {
    keys: &'a StringArray,
    values: &'a StringArray,
    range: Range<usize>,
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.range.next()?;
        let value = self.values.is_valid(entry).then(|| self.values.value(entry));
        Some((self.keys.value(entry), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl ExactSizeIterator for Entries<'_> {}

#[cfg(test)]
mod tests {
    use std::hash::DefaultHasher;
    use std::sync::Arc;

    use datafusion::arrow::array::{Int64Array, StructArray};
    use datafusion::arrow::buffer::OffsetBuffer;

    use super::super::{HstoreBuilder, entries_field, entry_fields};
    use super::*;

    /// Rows as a foreign writer may leave them: in any order.
    fn foreign(rows: &[&[(&str, Option<&str>)]]) -> MapArray {
        let keys = rows.iter().copied().flatten().map(|entry| Some(entry.0));
        let keys: StringArray = keys.collect();
        let values: StringArray = rows.iter().copied().flatten().map(|entry| entry.1).collect();
        let offsets = OffsetBuffer::from_lengths(rows.iter().map(|row| row.len()));
        let entries =
            StructArray::new(entry_fields(), vec![Arc::new(keys), Arc::new(values)], None);
        MapArray::new(entries_field(), offsets, entries, None, false)
    }

    fn hash(view: &HstoreArray<'_>, row: usize) -> u64 {
        let mut hasher = DefaultHasher::new();
        view.hash_row(row, &mut hasher);
        hasher.finish()
    }

    #[test]
    fn an_absent_key_is_not_a_null_value() {
        let mut builder = HstoreBuilder::new();
        builder.append([("a", Some("1")), ("b", None)]);
        builder.append_null();
        let array = builder.finish();
        let view = HstoreArray::new(&array).unwrap();
        assert_eq!(view.get(0, "a"), Some(Some("1")));
        assert_eq!(view.get(0, "b"), Some(None));
        assert_eq!(view.get(0, "c"), None);
        assert_eq!(view.get(1, "a"), None);
        assert_eq!(view.entries(1).count(), 0);
    }

    #[test]
    fn a_slice_is_read_at_its_own_rows() {
        let mut builder = HstoreBuilder::new();
        builder.append([("a", Some("0"))]);
        builder.append_null();
        builder.append([("a", Some("2"))]);
        let array = builder.finish().slice(1, 2);
        let view = HstoreArray::new(&array).unwrap();
        assert_eq!(view.len(), 2);
        assert!(view.is_null(0));
        assert_eq!(view.get(1, "a"), Some(Some("2")));
    }

    #[test]
    fn rows_in_foreign_order_equal_hash_and_compare_as_canonical_ones() {
        let array = foreign(&[
            &[("bb", None), ("a", Some("1"))],
            &[("a", Some("1")), ("bb", None)],
            &[("a", Some("1")), ("bb", Some(""))],
        ]);
        let view = HstoreArray::new(&array).unwrap();
        assert!(view.eq_rows(0, &view, 1));
        assert_eq!(hash(&view, 0), hash(&view, 1));
        assert_eq!(view.compare_rows(0, &view, 1), Ordering::Equal);
        assert!(!view.eq_rows(0, &view, 2));
        assert_eq!(view.compare_rows(0, &view, 2), Ordering::Greater);
        assert_eq!(view.get(0, "a"), Some(Some("1")));
    }

    #[test]
    fn an_array_of_another_type_is_refused() {
        let array = Int64Array::from(vec![1]);
        assert!(matches!(HstoreArray::new(&array), Err(TypeError::NotHstore(_))));
    }
}
