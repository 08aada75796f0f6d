//! `ARRAY(SELECT …)`.

use crate::functions::argument::external;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__array_of",
    syntax: "",
    summary: "Stands for the values of a subquery as an array until the subquery becomes an aggregate.",
    examples: &[
        Example {
            sql: "SELECT ARRAY(SELECT x FROM (VALUES (2), (1)) t(x) ORDER BY x)",
            prints: "{1,2}",
        },
        Example { sql: "SELECT ARRAY(SELECT 1 WHERE false)", prints: "{}" },
    ],
    implementation: Implementation::Scalar(|| Arc::new(ScalarUDF::new_from_impl(ArrayOf::new()))),
};

#[derive(Debug, PartialEq, Eq, Hash)]
struct ArrayOf {
    signature: Signature,
}

impl ArrayOf {
    fn new() -> Self {
        Self { signature: Signature::any(1, Volatility::Stable) }
    }
}

impl ScalarUDFImpl for ArrayOf {
    fn name(&self) -> &str {
        RECORD.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        let item = types.first().cloned().unwrap_or(DataType::Null);
        Ok(DataType::List(Arc::new(Field::new_list_field(item, true))))
    }

    fn invoke_with_args(&self, _arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let message = format!("function {} does not exist", RECORD.name);
        Err(external(Error::new(SqlState::UndefinedFunction, message)))
    }
}
