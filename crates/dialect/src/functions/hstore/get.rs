//! `hstore -> key`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::hstore::{GET_FUNCTION, is_dictionary_type};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, Int32Array, MapArray, StringArray, StringBuilder,
    new_null_array,
};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::{DataType, Int32Type};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: GET_FUNCTION,
    syntax: "",
    summary: "Returns the value of a key, NULL if there is none; the operator -> of hstore.",
    examples: &[
        Example { sql: "SELECT hstore 'a=>x, b=>y' -> 'b'", prints: "y" },
        Example { sql: "SELECT hstore 'a=>x' -> 'b'", prints: "NULL" },
        Example { sql: "SELECT hstore 'a=>NULL' -> 'a'", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text],
        Parameter::Text,
        get,
    )]),
};

/// The keys of a map array as bytes with their offsets, so that a search compares lengths before contents.
pub(crate) struct Entries<'a> {
    rows: &'a [i32],
    keys: &'a StringArray,
}

impl<'a> Entries<'a> {
    pub(crate) fn of(hstores: &'a MapArray) -> Self {
        Self { rows: hstores.value_offsets(), keys: hstores.keys().as_string() }
    }

    /// Returns where the entry of a key stands among all entries.
    #[inline]
    pub(crate) fn find(&self, row: usize, key: &[u8]) -> Option<usize> {
        let offsets = self.keys.value_offsets();
        let bytes = self.keys.value_data();
        // Arrow keeps offsets as i32 that are never negative.
        #[allow(clippy::cast_sign_loss)]
        let (first, end) = (self.rows[row] as usize, self.rows[row + 1] as usize);
        #[allow(clippy::cast_sign_loss)]
        (first..end).find(|&entry| {
            let (start, stop) = (offsets[entry] as usize, offsets[entry + 1] as usize);
            stop - start == key.len() && &bytes[start..stop] == key
        })
    }
}

fn get(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?;
    let keys = arguments.text(1)?;
    if is_dictionary_type(hstores.array.data_type()) && !hstores.is_constant && keys.is_constant {
        return get_from_dictionaries(&hstores.array, keys.value(0));
    }
    let entries = Entries::of(&hstores.array);
    let values = hstores.array.values().as_string::<i32>();
    let mut builder = StringBuilder::with_capacity(arguments.rows(), arguments.rows() * 16);
    for row in 0..arguments.rows() {
        let (hstore, key) = (hstores.index(row), keys.index(row));
        if hstores.array.is_null(hstore) || keys.array.is_null(key) {
            builder.append_null();
            continue;
        }
        match entries.find(hstore, keys.array.value(key).as_bytes()) {
            Some(entry) if values.is_valid(entry) => builder.append_value(values.value(entry)),
            _ => builder.append_null(),
        }
    }
    Ok(Arc::new(builder.finish()))
}

/// Returns the values of a key in maps whose texts are numbered: the key is looked for once, its number in every row.
fn get_from_dictionaries(hstores: &MapArray, key: Option<&str>) -> Result<ArrayRef> {
    let keys: &DictionaryArray<Int32Type> = hstores.keys().as_dictionary();
    let values: &DictionaryArray<Int32Type> = hstores.values().as_dictionary();
    let texts = keys.values().as_string::<i32>();
    let wanted = (0..texts.len()).find(|&text| Some(texts.value(text)) == key);
    let Some(wanted) = wanted.and_then(|text| i32::try_from(text).ok()) else {
        return Ok(new_null_array(&DataType::Utf8, hstores.len()));
    };
    let (key_numbers, value_numbers) = (keys.keys().values(), values.keys());
    let rows = hstores.value_offsets();
    let value_number = |row: usize| {
        // Arrow keeps offsets as i32 that are never negative.
        #[allow(clippy::cast_sign_loss)]
        let (first, end) = (rows[row] as usize, rows[row + 1] as usize);
        let place = key_numbers[first..end].iter().position(|&number| number == wanted)?;
        let entry = first + place;
        value_numbers.is_valid(entry).then(|| value_numbers.value(entry))
    };
    let numbers: Int32Array = match hstores.nulls() {
        Some(nulls) => (0..hstores.len())
            .map(|row| value_number(row).filter(|_| nulls.is_valid(row)))
            .collect(),
        None => (0..hstores.len()).map(value_number).collect(),
    };
    Ok(take(values.values(), &numbers, None)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use census_types::hstore::{self, HstoreBuilder};
    use datafusion::arrow::compute::cast;
    use datafusion::arrow::datatypes::Field;
    use datafusion::common::ScalarValue;
    use datafusion::logical_expr::ColumnarValue;

    fn values(hstores: ArrayRef, key: &str) -> Vec<Option<String>> {
        let rows = hstores.len();
        let fields = [
            Arc::new(Field::new("", hstores.data_type().clone(), true)),
            Arc::new(Field::new("", DataType::Utf8, true)),
        ];
        let key = ScalarValue::Utf8(Some(key.to_owned()));
        let arguments = [ColumnarValue::Array(hstores), ColumnarValue::Scalar(key)];
        let catalog = Catalog::default();
        let values = get(&Arguments::new(&arguments, &fields, rows, &catalog)).unwrap();
        values.as_string::<i32>().iter().map(|value| value.map(str::to_owned)).collect()
    }

    #[test]
    fn maps_with_dictionaries_give_what_plain_ones_give() {
        let mut builder = HstoreBuilder::new();
        builder.append([("a", Some("1")), ("bb", None)]);
        builder.append_null();
        builder.append([("bb", Some("2")), ("a", Some(""))]);
        builder.append::<&str, &str>([]);
        builder.append([("a", Some("1"))]);
        let plain: ArrayRef = Arc::new(builder.finish());
        let dictionaries = hstore::dictionary_type(plain.data_type()).unwrap();
        for array in [plain.clone(), plain.slice(1, 3)] {
            let numbered = cast(&array, &dictionaries).unwrap();
            for key in ["a", "bb", "c", ""] {
                assert_eq!(values(numbered.clone(), key), values(array.clone(), key), "{key}");
            }
        }
        let of_a =
            [Some("1"), None, Some(""), None, Some("1")].map(|value| value.map(str::to_owned));
        assert_eq!(values(plain, "a"), of_a);
    }
}
