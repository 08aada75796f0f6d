//! Builds arrays of canonical hstore values.

use std::ops::Range;
use std::sync::Arc;

use datafusion::arrow::array::{MapArray, NullBufferBuilder, StringBuilder, StructArray};
use datafusion::arrow::buffer::{OffsetBuffer, ScalarBuffer};

use super::{compare_keys, text};
use crate::HstoreSyntaxError;

/// Collects hstore values row by row into one [`MapArray`] of type [`super::data_type`].
#[derive(Debug)]
pub struct HstoreBuilder {
    keys: StringBuilder,
    values: StringBuilder,
    offsets: Vec<i32>,
    nulls: NullBufferBuilder,
    row: Row,
}

/// The entries of the row in hand, kept as ranges of one text so that rows need no allocation.
#[derive(Debug, Default)]
struct Row {
    text: String,
    entries: Vec<(Range<usize>, Option<Range<usize>>)>,
}

impl Row {
    fn clear(&mut self) {
        self.text.clear();
        self.entries.clear();
    }

    fn push(&mut self, key: &str, value: Option<&str>) {
        let key_start = self.text.len();
        self.text.push_str(key);
        let key_end = self.text.len();
        let value = value.map(|value| {
            self.text.push_str(value);
            key_end..self.text.len()
        });
        self.entries.push((key_start..key_end, value));
    }

    /// Sorts by key; of entries with the same key the first one stays.
    fn canonicalise(&mut self) {
        let text = &self.text;
        // A stable sort, so that the first occurrence leads its duplicates.
        self.entries
            .sort_by(|left, right| compare_keys(&text[left.0.clone()], &text[right.0.clone()]));
        self.entries.dedup_by(|later, first| text[later.0.clone()] == text[first.0.clone()]);
    }
}

impl Default for HstoreBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl HstoreBuilder {
    /// Makes an empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// Makes a builder with room for `rows` values.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Self {
            keys: StringBuilder::with_capacity(rows, 0),
            values: StringBuilder::with_capacity(rows, 0),
            offsets,
            nulls: NullBufferBuilder::new(rows),
            row: Row::default(),
        }
    }

    /// Returns the number of rows appended so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Tells whether no row has been appended.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends a value made of these entries.
    ///
    /// They may come in any order. Of entries with the same key the first one is kept.
    /// PostgreSQL promises no more than to keep one of them: it keeps the first of few pairs,
    /// but its sort is not stable, and among a dozen pairs or more it may be another.
    pub fn append<K, V>(&mut self, entries: impl IntoIterator<Item = (K, Option<V>)>)
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        self.row.clear();
        for (key, value) in entries {
            let value = value.as_ref().map(AsRef::as_ref);
            self.row.push(key.as_ref(), value);
        }
        self.append_row();
    }

    /// Reads a value in PostgreSQL's input syntax and appends it.
    ///
    /// # Errors
    /// [`HstoreSyntaxError`], in which case nothing is appended.
    pub fn append_text(&mut self, input: &str) -> Result<(), HstoreSyntaxError> {
        let entries = text::parse(input)?;
        self.append(entries);
        Ok(())
    }

    /// Appends a NULL.
    pub fn append_null(&mut self) {
        self.end_row(false);
    }

    /// Returns the array of all rows and starts anew.
    #[must_use]
    pub fn finish(&mut self) -> MapArray {
        let entries = StructArray::new(
            super::entry_fields(),
            vec![Arc::new(self.keys.finish()), Arc::new(self.values.finish())],
            None,
        );
        let offsets =
            OffsetBuffer::new(ScalarBuffer::from(std::mem::replace(&mut self.offsets, vec![0])));
        let nulls = self.nulls.finish();
        MapArray::new(super::entries_field(), offsets, entries, nulls, false)
    }

    fn append_row(&mut self) {
        self.row.canonicalise();
        for (key, value) in &self.row.entries {
            self.keys.append_value(&self.row.text[key.clone()]);
            let value = value.clone().map(|range| &self.row.text[range]);
            self.values.append_option(value);
        }
        self.end_row(true);
    }

    fn end_row(&mut self, is_valid: bool) {
        let end = i32::try_from(self.keys_len())
            .expect("a text column overflows at 2 GiB, long before its entries overflow 31 bits");
        self.offsets.push(end);
        self.nulls.append(is_valid);
    }

    fn keys_len(&self) -> usize {
        datafusion::arrow::array::ArrayBuilder::len(&self.keys)
    }
}

/// Makes an array of one row a value; `None` is NULL.
impl<K, V, E> FromIterator<Option<E>> for HstoreBuilder
where
    K: AsRef<str>,
    V: AsRef<str>,
    E: IntoIterator<Item = (K, Option<V>)>,
{
    fn from_iter<I: IntoIterator<Item = Option<E>>>(rows: I) -> Self {
        let mut builder = Self::new();
        for row in rows {
            match row {
                Some(entries) => builder.append(entries),
                None => builder.append_null(),
            }
        }
        builder
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::Array;
    use proptest::prelude::*;

    use super::super::{HstoreArray, data_type, is_canonical};
    use super::*;

    #[test]
    fn the_array_has_the_type_of_the_delta_kernel() {
        let mut builder = HstoreBuilder::new();
        builder.append([("b", Some("2")), ("a", None)]);
        builder.append_null();
        builder.append::<&str, &str>([]);
        let array = builder.finish();
        assert_eq!(array.data_type(), &data_type());
        assert_eq!(array.len(), 3);
        assert!(array.is_null(1) && array.is_valid(2));
        assert!(builder.is_empty());
    }

    #[test]
    fn the_first_of_duplicate_keys_is_kept() {
        let mut builder = HstoreBuilder::new();
        builder.append([("k", Some("1")), ("aa", Some("x")), ("k", Some("2"))]);
        let array = builder.finish();
        let view = HstoreArray::new(&array).unwrap();
        let entries: Vec<_> = view.entries(0).collect();
        assert_eq!(entries, [("k", Some("1")), ("aa", Some("x"))]);
    }

    #[test]
    fn text_that_is_no_hstore_appends_nothing() {
        let mut builder = HstoreBuilder::new();
        assert!(builder.append_text("a=>").is_err());
        assert!(builder.is_empty());
        builder.append_text("a=>1").unwrap();
        assert_eq!(builder.len(), 1);
    }

    proptest! {
        #[test]
        fn rows_are_canonical_and_lose_no_key(
            entries in prop::collection::vec((".{0,4}", prop::option::of(".{0,4}")), 0..30),
        ) {
            let mut builder = HstoreBuilder::new();
            builder.append(entries.iter().map(|(k, v)| (k, v.as_ref())));
            let array = builder.finish();
            let view = HstoreArray::new(&array).unwrap();
            prop_assert!(is_canonical(view.entries(0)));
            for (key, _) in &entries {
                let first = entries.iter().find(|(other, _)| other == key).unwrap();
                prop_assert_eq!(view.get(0, key), Some(first.1.as_deref()));
            }
        }
    }
}
