//! `value::type[]`.

use super::items::{converted, read_arrays};
use crate::array_types;
use crate::error::DialectError;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section, Typed};
use census_types::SqlType;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, ListArray, new_null_array};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue, exec_err};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__array_cast",
    syntax: "",
    summary: "Casts the items of an array, or reads a text as one; the type is that of the second argument, which is NULL.",
    examples: &[
        Example { sql: "SELECT '{1,2}'::bigint[]", prints: "{1,2}" },
        Example { sql: "SELECT '{a,\"b c\",NULL}'::text[]", prints: "{a,\"b c\",NULL}" },
        Example { sql: "SELECT ARRAY['1', '2']::bigint[]", prints: "{1,2}" },
        Example { sql: "SELECT '{{1,2},{3,4}}'::bigint[]", prints: "{{1,2},{3,4}}" },
    ],
    implementation: Implementation::Typed(Typed { arguments: Some(2), takes, returns, invoke }),
};

fn takes(given: &[SqlType]) -> Vec<SqlType> {
    match given {
        [SqlType::Unknown, target] => vec![target.clone(), target.clone()],
        _ => given.to_vec(),
    }
}

fn returns(arguments: &ReturnFieldArgs<'_>) -> Result<FieldRef> {
    let [value, target] = arguments.arg_fields else {
        return exec_err!("{} needs a value and a type", RECORD.name);
    };
    let item = array_types::item(target.data_type());
    let declared = array_types::dimensions(target.data_type()).max(1);
    let depth = match value.data_type() {
        DataType::Null => 1,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => declared,
        given @ DataType::List(_) => {
            check(array_types::item(given), item)?;
            array_types::dimensions(given)
        }
        given => return Err(no_cast(given, target.data_type())),
    };
    Ok(Arc::new(array_types::field(RECORD.name, array_types::array_of(item, depth))))
}

fn invoke(arguments: &ScalarFunctionArgs) -> Result<ColumnarValue> {
    let target = arguments.return_field.data_type();
    let Some(value) = arguments.args.first() else {
        return exec_err!("{} needs a value", RECORD.name);
    };
    let is_constant = matches!(value, ColumnarValue::Scalar(_));
    let rows = if is_constant { 1 } else { arguments.number_rows };
    let values = value.to_array(rows)?;
    let array = match values.data_type() {
        DataType::Null => new_null_array(target, rows),
        DataType::List(_) => cast_items(&values, array_types::item(target))?,
        _ => {
            let texts = datafusion::arrow::compute::cast(&values, &DataType::Utf8)?;
            let depth = array_types::dimensions(target);
            read_arrays(texts.as_string::<i32>(), array_types::item(target), depth)?
        }
    };
    if is_constant {
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    Ok(ColumnarValue::Array(array))
}

/// Casts the items of arrays, which stay where they are.
fn cast_items(array: &ArrayRef, item: &DataType) -> Result<ArrayRef> {
    let Some(list) = array.as_list_opt::<i32>() else {
        return converted(array, item);
    };
    let items = cast_items(list.values(), item)?;
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    let list = ListArray::try_new(field, list.offsets().clone(), items, list.nulls().cloned())?;
    Ok(Arc::new(list))
}

/// Refuses items that cannot be cast (42846).
fn check(from: &DataType, to: &DataType) -> Result<()> {
    match crate::casts::function(from, to) {
        Ok(_) => Ok(()),
        Err(_) => Err(no_cast(&array_types::array_of(from, 1), &array_types::array_of(to, 1))),
    }
}

fn no_cast(from: &DataType, to: &DataType) -> datafusion::error::DataFusionError {
    DialectError::NoCast { from: array_types::name(from), to: array_types::name(to) }.into()
}
