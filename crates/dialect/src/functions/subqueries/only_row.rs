//! A scalar subquery's value, of which there may be one.

use crate::functions::argument::external;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{DataType, FieldRef, Int64Type};
use datafusion::common::{Result, exec_err, internal_err};
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "__only_row",
    syntax: "",
    summary: "Returns a value of which there are no more than so many rows; more than one is an error.",
    examples: &[
        Example { sql: "SELECT (SELECT x FROM (VALUES (7)) t(x) WHERE x > 1)", prints: "7" },
        Example { sql: "SELECT (SELECT x FROM (VALUES (7)) t(x) WHERE x > 9)", prints: "NULL" },
    ],
    implementation: Implementation::Scalar(|| Arc::new(ScalarUDF::new_from_impl(OnlyRow::new()))),
};

#[derive(Debug, PartialEq, Eq, Hash)]
struct OnlyRow {
    signature: Signature,
}

impl OnlyRow {
    fn new() -> Self {
        Self { signature: Signature::any(2, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for OnlyRow {
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
        if let Some(field) = arguments.arg_fields.first() {
            Ok(Arc::new(field.as_ref().clone().with_nullable(true)))
        } else {
            exec_err!("{} needs a value", RECORD.name)
        }
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [value, rows] = arguments.args.as_slice() else {
            return exec_err!("{} needs a value and a count", RECORD.name);
        };
        let rows = rows.to_array(arguments.number_rows)?;
        let counts = rows.as_primitive::<Int64Type>();
        if counts.iter().flatten().any(|count| count > 1) {
            let message = "more than one row returned by a subquery used as an expression";
            return Err(external(Error::new(SqlState::CardinalityViolation, message)));
        }
        Ok(value.clone())
    }
}
