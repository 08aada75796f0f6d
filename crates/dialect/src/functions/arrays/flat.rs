//! What `unnest` gives the items of.

use super::lists::{Lists, ListsBuilder};
use crate::array_types;
use crate::error::DialectError;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::Array;
use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::{Result, ScalarValue, exec_err, internal_err};
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
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
    implementation: Implementation::Scalar(|| Arc::new(ScalarUDF::new_from_impl(Flat::new()))),
};

#[derive(Debug, PartialEq, Eq, Hash)]
struct Flat {
    signature: Signature,
}

impl Flat {
    fn new() -> Self {
        Self { signature: Signature::any(1, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Flat {
    fn name(&self) -> &str {
        RECORD.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        internal_err!("return_field_from_args answers for {}", RECORD.name)
    }

    fn return_field_from_args(&self, arguments: ReturnFieldArgs<'_>) -> Result<FieldRef> {
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

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
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
}
