//! `current_setting`: what SHOW shows, as a value.

use crate::error::DialectError;
use crate::functions::external;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use datafusion::arrow::array::{Array, AsArray, StringArray};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "current_setting",
    syntax: "current_setting(name text) → text\ncurrent_setting(name text, missing_ok boolean) → text",
    summary: "Returns the value of a setting; one that does not exist is an error, or NULL where that is asked for.",
    examples: &[
        Example { sql: "SELECT current_setting('timezone')", prints: "UTC" },
        Example { sql: "SELECT current_setting('nosuch', true)", prints: "NULL" },
    ],
    implementation: Implementation::Scalar(|| Arc::new(with_values(BTreeMap::new()))),
};

/// Returns the function for a session whose settings have these values, by their names in lower case.
#[must_use]
pub fn with_values(values: BTreeMap<String, String>) -> ScalarUDF {
    let signature = Signature::user_defined(Volatility::Stable);
    ScalarUDF::new_from_impl(CurrentSetting { values, signature })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct CurrentSetting {
    values: BTreeMap<String, String>,
    signature: Signature,
}

impl CurrentSetting {
    fn value(&self, name: Option<&str>, missing_ok: Option<bool>) -> Result<Option<&str>> {
        let (Some(name), Some(missing_ok)) = (name, missing_ok) else {
            return Ok(None);
        };
        match self.values.get(&name.to_lowercase()) {
            Some(value) => Ok(Some(value)),
            None if missing_ok => Ok(None),
            None => {
                let message = format!("unrecognized configuration parameter \"{name}\"");
                let error = Error::new(SqlState::UndefinedObject, message);
                Err(external(error.with_hint("SHOW ALL lists the settings.")))
            }
        }
    }
}

impl ScalarUDFImpl for CurrentSetting {
    fn name(&self) -> &'static str {
        RECORD.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let is_text = |given: &DataType| matches!(given, DataType::Utf8 | DataType::Null);
        let is_boolean = |given: &DataType| matches!(given, DataType::Boolean | DataType::Null);
        match types {
            [name] if is_text(name) => Ok(vec![DataType::Utf8]),
            [name, missing_ok] if is_text(name) && is_boolean(missing_ok) => {
                Ok(vec![DataType::Utf8, DataType::Boolean])
            }
            _ => {
                let name = |given: &DataType| type_name(&Field::new("", given.clone(), true));
                let arguments: Vec<String> = types.iter().map(name).collect();
                Err(DialectError::UnknownSignature {
                    name: RECORD.name.to_owned(),
                    arguments: arguments.join(", "),
                    syntax: RECORD.syntax,
                }
                .into())
            }
        }
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let is_constant =
            arguments.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let rows = if is_constant { 1 } else { arguments.number_rows };
        let columns = arguments.args.into_iter().map(|value| value.into_array(rows));
        let columns = columns.collect::<Result<Vec<_>>>()?;
        let names = columns.first().and_then(|names| names.as_string_opt::<i32>());
        let flags = columns.get(1).and_then(|flags| flags.as_boolean_opt());
        let mut values = Vec::with_capacity(rows);
        for row in 0..rows {
            let name = names.filter(|names| names.is_valid(row)).map(|names| names.value(row));
            let missing_ok = match flags {
                Some(flags) => flags.is_valid(row).then(|| flags.value(row)),
                None => Some(false),
            };
            values.push(self.value(name, missing_ok)?);
        }
        let array = StringArray::from(values);
        if is_constant {
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
        }
        Ok(ColumnarValue::Array(Arc::new(array)))
    }
}
