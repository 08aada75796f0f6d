//! What `unnest` gives the items of.

use super::lists::{Lists, ListsBuilder};
use crate::array_types;
use crate::error::DialectError;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section, Typed};
use census_types::SqlType;
use datafusion::arrow::array::Array;
use datafusion::arrow::datatypes::FieldRef;
use datafusion::common::{Result, ScalarValue, exec_err};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__items",
    syntax: "",
    summary: "Returns the items of all dimensions of an array as one of one dimension.",
    examples: &[Example {
        sql: "SELECT sum(x) FROM (SELECT unnest(ARRAY[[1, 2], [3, 4]]) AS x) t",
        prints: "10",
    }],
    implementation: Implementation::Typed(Typed { arguments: Some(1), takes, returns, invoke }),
};

fn takes(given: &[SqlType]) -> Vec<SqlType> {
    given.to_vec()
}

fn returns(arguments: &ReturnFieldArgs<'_>) -> Result<FieldRef> {
    let Some(given) = arguments.arg_fields.first().map(|field| field.data_type()) else {
        return exec_err!("{} needs an array", RECORD.name);
    };
    if !array_types::is_array(given) {
        return Err(DialectError::UnknownSignature {
            name: "unnest".to_owned(),
            arguments: array_types::name(given),
            syntax: "unnest(anyarray)",
        }
        .into());
    }
    let array = array_types::array_of(array_types::item(given), 1);
    Ok(Arc::new(array_types::field(RECORD.name, array)))
}

fn invoke(arguments: &ScalarFunctionArgs) -> Result<ColumnarValue> {
    let Some(value) = arguments.args.first() else {
        return exec_err!("{} needs an array", RECORD.name);
    };
    if value.data_type() == *arguments.return_field.data_type() {
        return Ok(value.clone());
    }
    let rows = match value {
        ColumnarValue::Array(array) => array.len(),
        ColumnarValue::Scalar(_) => 1,
    };
    let lists = Lists::new(&value.to_array(rows)?)?;
    let mut builder = ListsBuilder::new(vec![Arc::clone(&lists.items)]);
    for row in 0..rows {
        let start = builder.len();
        builder.extend(0, lists.range(row))?;
        if lists.is_null(row) {
            builder.null_row();
        } else {
            builder.end_flat_row(start);
        }
    }
    let array = builder.finish(lists.items.data_type(), 1)?;
    if matches!(value, ColumnarValue::Scalar(_)) {
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    Ok(ColumnarValue::Array(array))
}
