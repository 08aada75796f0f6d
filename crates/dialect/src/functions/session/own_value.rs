//! What differs from session to session and is asked for by a function without arguments.

use census_types::{SqlType, timestamp};
use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use std::sync::Arc;

/// What a session is.
#[derive(Debug, Clone)]
pub struct SessionValues {
    /// Who asks.
    pub user: String,
    /// The first schema in which a name without schema is looked up.
    pub schema: Option<String>,
    /// The number by which other sessions know it.
    pub process: i64,
    /// When the server began, in microseconds since 1970.
    pub server_start: i64,
}

impl Default for SessionValues {
    fn default() -> Self {
        let (user, schema) = ("census".to_owned(), Some("aws".to_owned()));
        Self { user, schema, process: 0, server_start: 0 }
    }
}

/// The functions, by their names.
const NAMES: [&str; 7] = [
    "current_role",
    "current_schema",
    "current_user",
    "pg_backend_pid",
    "pg_postmaster_start_time",
    "session_user",
    "user",
];

/// Returns the functions for a session.
pub fn with_values(values: &SessionValues) -> impl Iterator<Item = ScalarUDF> {
    NAMES.into_iter().map(|name| of_name(name, values))
}

/// Returns the function of a name for a session.
pub(super) fn of_name(name: &'static str, values: &SessionValues) -> ScalarUDF {
    let (sql_type, value) = match name {
        "current_schema" => (SqlType::Name, ScalarValue::Utf8(values.schema.clone())),
        "pg_backend_pid" => (SqlType::Int64, ScalarValue::Int64(Some(values.process))),
        "pg_postmaster_start_time" => {
            let zone = match timestamp::stored_data_type() {
                DataType::Timestamp(_, zone) => zone,
                _ => None,
            };
            let value = ScalarValue::TimestampMicrosecond(Some(values.server_start), zone);
            (SqlType::TimestampTz, value)
        }
        _ => (SqlType::Name, ScalarValue::Utf8(Some(values.user.clone()))),
    };
    let signature = Signature::nullary(Volatility::Stable);
    ScalarUDF::new_from_impl(OwnValue { name, sql_type, value, signature })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct OwnValue {
    name: &'static str,
    sql_type: SqlType,
    value: ScalarValue,
    signature: Signature,
}

impl ScalarUDFImpl for OwnValue {
    fn name(&self) -> &'static str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(self.value.data_type())
    }

    fn return_field_from_args(&self, _arguments: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        Ok(Arc::new(self.sql_type.to_field(self.name, self.value.is_null())))
    }

    fn invoke_with_args(&self, _arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(ColumnarValue::Scalar(self.value.clone()))
    }
}
