//! The types of arrays: what their items are, how many dimensions they have, and which type several values share.

use crate::error::DialectError;
use crate::resolution::{Operand, common_type};
use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, Field};
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

/// Returns the subscript of an array's first item: 0 in the vectors of the catalogs, 1 in any other array.
pub(crate) fn first_subscript(field: &Field) -> i64 {
    i64::from(!SqlType::from_field(field).is_vector())
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

/// Returns the type that values of several types are converted to in an array; `None` where all of them are NULL.
///
/// # Errors
/// 42804 and 42846 where PostgreSQL converts one of them to no such type.
pub(crate) fn common<'a>(
    types: impl IntoIterator<Item = &'a DataType>,
) -> Result<Option<DataType>, DialectError> {
    let known = types.into_iter().filter(|given| !given.is_null());
    let operands: Vec<Operand> = known
        .map(|given| Operand { field: Arc::new(field("", given.clone())), is_open: false })
        .collect();
    if operands.is_empty() {
        return Ok(None);
    }
    Ok(Some(common_type("ARRAY", &operands)?.data_type()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_have_a_type_in_common_and_others_do_not() {
        let both = |left: DataType, right: DataType| {
            common([&left, &right]).map_err(|error| error.to_string())
        };
        assert_eq!(both(DataType::Int64, DataType::Float64), Ok(Some(DataType::Float64)));
        assert_eq!(both(DataType::Null, DataType::Utf8), Ok(Some(DataType::Utf8)));
        assert_eq!(both(DataType::Null, DataType::Null), Ok(None));
        assert_eq!(
            both(DataType::Int64, DataType::Boolean),
            Err("ARRAY types bigint and boolean cannot be matched".to_owned())
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
