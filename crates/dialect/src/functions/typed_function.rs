//! A record as a scalar function of DataFusion whose result type comes of the arguments themselves: of how many
//! dimensions they have, or of the text of a literal.

use crate::functions::record::{FunctionRecord, Typed};
use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::{Result, internal_err};
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use std::hash::{Hash, Hasher};

/// An immutable function made of its record and what types and computes it.
#[derive(Debug)]
pub(super) struct TypedFunction {
    record: &'static FunctionRecord,
    typed: &'static Typed,
    signature: Signature,
}

impl TypedFunction {
    pub(super) fn udf(record: &'static FunctionRecord, typed: &'static Typed) -> ScalarUDF {
        let signature = match typed.arguments {
            Some(count) => Signature::any(count, Volatility::Immutable),
            None => Signature::variadic_any(Volatility::Immutable),
        };
        ScalarUDF::new_from_impl(Self { record, typed, signature })
    }
}

/// Returns the types that one of these functions takes its arguments in; `None` for any other function.
pub(super) fn taken(function: &ScalarUDF, given: &[SqlType]) -> Option<Vec<SqlType>> {
    let function = function.inner().downcast_ref::<TypedFunction>()?;
    Some((function.typed.takes)(given))
}

// Functions are constants of the program: the name tells them apart.
impl PartialEq for TypedFunction {
    fn eq(&self, other: &Self) -> bool {
        self.record.name == other.record.name
    }
}

impl Eq for TypedFunction {}

impl Hash for TypedFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.record.name.hash(state);
    }
}

impl ScalarUDFImpl for TypedFunction {
    fn name(&self) -> &str {
        self.record.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        internal_err!("return_field_from_args answers for {}", self.record.name)
    }

    fn return_field_from_args(&self, arguments: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        (self.typed.returns)(&arguments)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        (self.typed.invoke)(&arguments)
    }
}
