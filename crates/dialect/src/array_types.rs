//! The types of arrays: what their items are, how many dimensions they have, and which type several values share.

use census_types::{SqlType, hstore, inet, json};
use datafusion::arrow::datatypes::{DataType, Field, TimeUnit};
use std::sync::Arc;

/// Tells whether a type is an array.
pub(crate) fn is_array(data_type: &DataType) -> bool {
    matches!(data_type, DataType::List(_))
}

/// Returns the type of the items of an array of however many dimensions; of any other type the type itself.
pub(crate) fn item(data_type: &DataType) -> &DataType {
    match data_type {
        DataType::List(inner) => item(inner.data_type()),
        scalar => scalar,
    }
}

/// Returns how many dimensions the arrays of a type have; any other type has none.
pub(crate) fn dimensions(data_type: &DataType) -> usize {
    match data_type {
        DataType::List(inner) => 1 + dimensions(inner.data_type()),
        _ => 0,
    }
}

/// Returns the type of arrays of so many dimensions.
pub(crate) fn array_of(item: &DataType, dimensions: usize) -> DataType {
    (0..dimensions)
        .fold(item.clone(), |inner, _| DataType::List(Arc::new(Field::new_list_field(inner, true))))
}

/// Returns the field of a value of a type, as functions name it.
pub(crate) fn field(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}

/// Returns PostgreSQL's name of a type.
pub(crate) fn name(data_type: &DataType) -> String {
    SqlType::from_data_type(data_type).name().into_owned()
}

/// Two types that have none in common, in PostgreSQL's order of trying.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mismatch {
    /// Types of different kinds.
    Kinds(DataType, DataType),
    /// Types of one kind, of which the second does not convert to the first.
    Conversion(DataType, DataType),
}

/// Returns the type that values of several types are converted to, as PostgreSQL's `select_common_type` does for
/// types that are known; `None` where there is none but that of NULL.
pub(crate) fn common<'a>(
    types: impl IntoIterator<Item = &'a DataType>,
) -> Result<Option<DataType>, Mismatch> {
    let mut chosen: Option<DataType> = None;
    for given in types {
        if given.is_null() {
            continue;
        }
        chosen = Some(match chosen {
            None => plain(given),
            Some(before) => wider(before, &plain(given))?,
        });
    }
    Ok(chosen)
}

/// Returns the one form of a type that Arrow has in several.
fn plain(data_type: &DataType) -> DataType {
    match data_type {
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        other => other.clone(),
    }
}

fn wider(before: DataType, given: &DataType) -> Result<DataType, Mismatch> {
    if before == *given {
        return Ok(before);
    }
    if kind(&before) != kind(given) {
        return Err(Mismatch::Kinds(before, given.clone()));
    }
    match (&before, given) {
        (left, right) if left.is_integer() && right.is_integer() => Ok(DataType::Int64),
        (left, right) if left.is_numeric() && right.is_numeric() => Ok(DataType::Float64),
        (DataType::Date32, DataType::Timestamp(..))
        | (DataType::Timestamp(..), DataType::Date32 | DataType::Timestamp(..)) => {
            Ok(DataType::Timestamp(TimeUnit::Microsecond, None))
        }
        _ => Err(Mismatch::Conversion(before, given.clone())),
    }
}

/// The kinds of types between which PostgreSQL converts nothing by itself.
#[derive(PartialEq)]
enum Kind {
    Boolean,
    Number,
    Text,
    Time,
    Interval,
    Inet,
    Hstore,
    Json,
    Array,
    Other,
}

fn kind(data_type: &DataType) -> Kind {
    match data_type {
        DataType::Boolean => Kind::Boolean,
        number if number.is_numeric() => Kind::Number,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Text,
        DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(..)
        | DataType::Time32(_)
        | DataType::Time64(_) => Kind::Time,
        DataType::Interval(_) | DataType::Duration(_) => Kind::Interval,
        DataType::List(_) => Kind::Array,
        other if inet::is_inet_type(other) => Kind::Inet,
        other if hstore::is_hstore_type(other) => Kind::Hstore,
        other if json::is_json_type(other) => Kind::Json,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_have_a_type_in_common_and_others_do_not() {
        let both = |left: DataType, right: DataType| common([&left, &right]);
        assert_eq!(both(DataType::Int64, DataType::Float64), Ok(Some(DataType::Float64)));
        assert_eq!(both(DataType::Null, DataType::Utf8), Ok(Some(DataType::Utf8)));
        assert_eq!(both(DataType::Null, DataType::Null), Ok(None));
        assert_eq!(
            both(DataType::Int64, DataType::Boolean),
            Err(Mismatch::Kinds(DataType::Int64, DataType::Boolean))
        );
    }

    #[test]
    fn arrays_of_arrays_have_the_items_of_the_innermost() {
        let matrix = array_of(&DataType::Int64, 2);
        assert_eq!(item(&matrix), &DataType::Int64);
        assert_eq!(dimensions(&matrix), 2);
        assert_eq!(name(&matrix), "bigint[]");
    }
}
