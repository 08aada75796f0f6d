//! A scalar subquery's value, of which there may be one.

use crate::functions::argument::external;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section, Typed};
use census_error::{Error, SqlState};
use census_types::SqlType;
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{FieldRef, Int64Type};
use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs};
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
    implementation: Implementation::Typed(Typed { arguments: Some(2), takes, returns, invoke }),
};

fn takes(given: &[SqlType]) -> Vec<SqlType> {
    given.to_vec()
}

fn returns(arguments: &ReturnFieldArgs<'_>) -> Result<FieldRef> {
    if let Some(field) = arguments.arg_fields.first() {
        Ok(Arc::new(field.as_ref().clone().with_nullable(true)))
    } else {
        exec_err!("{} needs a value", RECORD.name)
    }
}

fn invoke(arguments: &ScalarFunctionArgs) -> Result<ColumnarValue> {
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
