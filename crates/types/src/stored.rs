//! From the forms of the engine to those that are stored and answered: json and inet as `Utf8` with an extension name.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, ListArray, StringArray};
use datafusion::arrow::datatypes::{DataType, Field};

use crate::{inet, json};

/// Returns a field of the engine as it is answered; names and NULLs stay.
#[must_use]
pub fn stored_field(field: &Field) -> Field {
    match field.data_type() {
        data_type if json::is_json_type(data_type) => {
            json::stored_field(field.name(), field.is_nullable())
        }
        data_type if inet::is_inet_type(data_type) => {
            inet::stored_field(field.name(), field.is_nullable())
        }
        DataType::List(item) => {
            field.clone().with_data_type(DataType::List(Arc::new(stored_field(item))))
        }
        _ => field.clone(),
    }
}

/// Returns a column of the engine as it is answered.
#[must_use]
pub fn stored_array(array: &ArrayRef) -> ArrayRef {
    if let Some(texts) = json::texts(array) {
        return Arc::new(texts);
    }
    match array.data_type() {
        data_type if inet::is_inet_type(data_type) => {
            let values = array.as_fixed_size_binary();
            let texts = (0..values.len()).map(|row| inet::value(values, row));
            Arc::new(texts.map(|inet| inet.map(|inet| inet.to_string())).collect::<StringArray>())
        }
        DataType::List(item) if stored_field(item) != **item => {
            let lists = array.as_list::<i32>();
            Arc::new(ListArray::new(
                Arc::new(stored_field(item)),
                lists.offsets().clone(),
                stored_array(lists.values()),
                lists.nulls().cloned(),
            ))
        }
        _ => Arc::clone(array),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SqlType;
    use datafusion::arrow::buffer::OffsetBuffer;

    #[test]
    fn every_type_is_found_again_in_its_stored_form() {
        for scalar in [SqlType::Json, SqlType::Inet, SqlType::Hstore, SqlType::Text] {
            for sql_type in [scalar.clone(), scalar.into_array()] {
                let stored = stored_field(&sql_type.to_field("c", true));
                assert_eq!(SqlType::from_field(&stored), sql_type);
            }
        }
    }

    #[test]
    fn arrays_of_json_become_arrays_of_text() {
        let items = json::of_texts(StringArray::from(vec![Some("1"), None]));
        let item = Arc::new(Field::new_list_field(json::data_type(), true));
        let lists = ListArray::new(item, OffsetBuffer::from_lengths([2]), items, None);
        let stored = stored_array(&(Arc::new(lists) as ArrayRef));
        let texts = stored.as_list::<i32>().value(0);
        assert_eq!(texts.as_string::<i32>().iter().collect::<Vec<_>>(), [Some("1"), None]);
    }
}
