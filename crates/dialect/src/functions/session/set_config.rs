//! `set_config`: what SET does, as a function.

use crate::error::DialectError;
use crate::functions::external;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::sql_types::type_name;
use census_error::Error;
use datafusion::arrow::array::{Array, AsArray, StringArray};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "set_config",
    syntax: "set_config(name text, value text, is_local boolean) → text",
    summary: "Changes a setting of the session, as SET does, and returns its value; where it is local, until the end of the transaction.",
    examples: &[Example {
        sql: "SELECT set_config('application_name', 'report', false)",
        prints: "report",
    }],
    implementation: Implementation::Scalar(|| {
        Arc::new(with_change(Arc::new(|_, value, _| Ok(value.to_owned()))))
    }),
};

/// Changes a setting, given by name, value, and whether it counts until the end of the transaction only; returns the
/// value that it then has.
pub type ChangeSetting = Arc<dyn Fn(&str, &str, bool) -> Result<String, Error> + Send + Sync>;

/// Returns the function for a session whose settings are changed so.
#[must_use]
pub fn with_change(change: ChangeSetting) -> ScalarUDF {
    let signature = Signature::user_defined(Volatility::Volatile);
    ScalarUDF::new_from_impl(SetConfig { change, signature })
}

struct SetConfig {
    change: ChangeSetting,
    signature: Signature,
}

impl fmt::Debug for SetConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetConfig")
    }
}

impl PartialEq for SetConfig {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.change, &other.change)
    }
}

impl Eq for SetConfig {}

impl Hash for SetConfig {
    fn hash<H: Hasher>(&self, state: &mut H) {
        RECORD.name.hash(state);
    }
}

impl ScalarUDFImpl for SetConfig {
    fn name(&self) -> &'static str {
        RECORD.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let is_text = |given: &DataType| matches!(given, DataType::Utf8 | DataType::Null);
        match types {
            [name, value, DataType::Boolean | DataType::Null]
                if is_text(name) && is_text(value) =>
            {
                Ok(vec![DataType::Utf8, DataType::Utf8, DataType::Boolean])
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
        let rows = arguments.number_rows;
        let columns = arguments.args.into_iter().map(|value| value.into_array(rows));
        let columns = columns.collect::<Result<Vec<_>>>()?;
        let texts =
            |place: usize| columns.get(place).and_then(|texts| texts.as_string_opt::<i32>());
        let (Some(names), Some(values)) = (texts(0), texts(1)) else {
            return datafusion::common::internal_err!("set_config takes texts");
        };
        let locals = columns.get(2).and_then(|locals| locals.as_boolean_opt());
        let mut changed = Vec::with_capacity(rows);
        for row in 0..rows {
            if names.is_null(row) || values.is_null(row) {
                changed.push(None);
                continue;
            }
            let is_local = locals.is_some_and(|locals| locals.is_valid(row) && locals.value(row));
            let value = (self.change)(names.value(row), values.value(row), is_local);
            let value = value.map_err(external)?;
            changed.push(Some(value));
        }
        Ok(ColumnarValue::Array(Arc::new(StringArray::from(changed))))
    }
}
