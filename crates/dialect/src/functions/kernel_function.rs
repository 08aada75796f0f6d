//! A record as a scalar function of DataFusion: overloads, NULLs and constants are handled here, once.

use crate::array_types;
use crate::catalog::Catalog;
use crate::error::DialectError;
use crate::functions::argument::{Arguments, external};
use crate::functions::arrays;
use crate::functions::parameter::{Fit, Parameter};
use crate::functions::record::{FunctionRecord, Overload};
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use census_types::hstore::GET_FUNCTION;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ExpressionPlacement, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF,
    ScalarUDFImpl, Signature, Volatility,
};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// An immutable function made of its record and the forms in it.
#[derive(Debug)]
pub(crate) struct KernelFunction {
    record: &'static FunctionRecord,
    overloads: &'static [Overload],
    signature: Signature,
    /// What the functions of the catalog look up; empty for all others.
    catalog: Arc<Catalog>,
}

impl KernelFunction {
    pub(crate) fn udf(
        record: &'static FunctionRecord,
        overloads: &'static [Overload],
        catalog: Arc<Catalog>,
    ) -> ScalarUDF {
        let signature = Signature::user_defined(Volatility::Immutable);
        ScalarUDF::new_from_impl(Self { record, overloads, signature, catalog })
    }

    /// Returns the form that fits the argument types best, the first of those that fit alike.
    fn overload(&self, types: &[DataType]) -> Option<&'static Overload> {
        // The worst fit counts, and then how many are not exact: a literal is taken for what the others are.
        let fit = |overload: &Overload| {
            let mut fits = types.iter().enumerate().map(|(index, given)| {
                overload.parameter(index).and_then(|parameter| parameter.fit(given))
            });
            fits.try_fold((Fit::Exact, 0), |(worst, inexact), fit| {
                fit.map(|fit| (worst.max(fit), inexact + usize::from(fit != Fit::Exact)))
            })
        };
        let candidates = self.overloads.iter().filter(|overload| {
            overload.takes(types.len())
                && (!has_compatible(overload) || shared_item(overload, types).is_some())
        });
        candidates
            .filter_map(|overload| Some((fit(overload)?, overload)))
            .min_by_key(|(fit, _)| *fit)
            .map(|(_, overload)| overload)
    }

    /// Reads the literals among arguments that stand for arrays, and returns the form that fits what they are then.
    fn read_lists(&self, arguments: &mut ScalarFunctionArgs) -> Result<&'static Overload> {
        let types = |arguments: &ScalarFunctionArgs| -> Vec<DataType> {
            arguments.args.iter().map(ColumnarValue::data_type).collect()
        };
        let given = types(arguments);
        let Some(overload) = self.overload(&given) else {
            return internal_err!("no form of {} fits {given:?}", self.record.name);
        };
        let mut has_read = false;
        let fields = arguments.arg_fields.iter_mut();
        for (index, (argument, field)) in arguments.args.iter_mut().zip(fields).enumerate() {
            let listed = overload.parameter(index).filter(|parameter| parameter.is_listed());
            if let Some(parameter) = listed
                && parameter.fit(&argument.data_type()) == Some(Fit::Literal)
                && let ColumnarValue::Scalar(literal) = &*argument
            {
                let item = array_types::item(parameter.field("").data_type()).clone();
                *argument = ColumnarValue::Scalar(arrays::read_array(literal, &item)?);
                *field = Arc::new(array_types::field(field.name(), argument.data_type()));
                has_read = true;
            }
        }
        if !has_read {
            return Ok(overload);
        }
        let read = types(arguments);
        self.overload(&read).ok_or_else(|| self.unknown(read.iter().map(array_types::name)).into())
    }

    fn unknown(&self, arguments: impl Iterator<Item = String>) -> DialectError {
        DialectError::UnknownSignature {
            name: self.record.name.to_owned(),
            arguments: arguments.collect::<Vec<_>>().join(", "),
            syntax: self.record.syntax,
        }
    }
}

/// Returns the parameters of every form that takes so many arguments; `None` for a function that is none of these.
pub(super) fn forms(function: &ScalarUDF, count: usize) -> Option<Vec<Vec<Parameter>>> {
    let function = function.inner().downcast_ref::<KernelFunction>()?;
    let taking = function.overloads.iter().filter(|overload| overload.takes(count));
    Some(
        taking
            .map(|overload| (0..count).filter_map(|index| overload.parameter(index)).collect())
            .collect(),
    )
}

fn has_compatible(overload: &Overload) -> bool {
    overload.parameters.iter().any(|parameter| parameter.is_compatible())
}

/// Returns the type that the compatible arguments of a form share; `None` where they share none, or there are none.
fn shared_item(overload: &Overload, types: &[DataType]) -> Option<DataType> {
    let is_compatible =
        |index: usize| overload.parameter(index).is_some_and(Parameter::is_compatible);
    let compatible = types.iter().enumerate().filter(|(index, _)| is_compatible(*index));
    let compatible: Vec<&DataType> = compatible.map(|(_, given)| given).collect();
    if compatible.is_empty() { None } else { arrays::common_item(&compatible) }
}

/// Returns the error for a literal that may be an array of anything (42804).
fn indeterminate() -> DataFusionError {
    let message = "could not determine polymorphic type because input has type unknown";
    external(Error::new(SqlState::DatatypeMismatch, message))
}

// Functions are constants of the program: the name tells them apart.
impl PartialEq for KernelFunction {
    fn eq(&self, other: &Self) -> bool {
        self.record.name == other.record.name
    }
}

impl Eq for KernelFunction {}

impl Hash for KernelFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.record.name.hash(state);
    }
}

impl ScalarUDFImpl for KernelFunction {
    fn name(&self) -> &str {
        self.record.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    // DataFusion asks for the name of every expression at every level of planning. Written out, the
    // names of a chain of hundreds of operators take minutes; a hash of the arguments is as unique
    // and never shown, because every output column is named before.
    fn schema_name(&self, arguments: &[Expr]) -> Result<String> {
        Ok(super::hashed_name(self.record.name, arguments))
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        if let Some(overload) = self.overload(types) {
            let item = shared_item(overload, types);
            let coerced = types.iter().enumerate().map(|(index, given)| {
                match (overload.parameter(index), &item) {
                    (Some(parameter), Some(item)) if parameter.is_compatible() => {
                        parameter.shared(item, given)
                    }
                    (Some(parameter), _) => parameter.coerced(given),
                    (None, _) => given.clone(),
                }
            });
            return Ok(coerced.collect());
        }
        let names =
            types.iter().map(|data_type| type_name(&Field::new("", data_type.clone(), true)));
        Err(self.unknown(names).into())
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        internal_err!("return_field_from_args answers for {}", self.record.name)
    }

    fn return_field_from_args(&self, arguments: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        let types: Vec<DataType> =
            arguments.arg_fields.iter().map(|field| field.data_type().clone()).collect();
        let names = || arguments.arg_fields.iter().map(|field| type_name(field));
        let Some(overload) = self.overload(&types) else {
            return Err(self.unknown(names()).into());
        };
        let item = shared_item(overload, &types);
        for (index, given) in types.iter().enumerate() {
            let parameter = overload.parameter(index);
            let is_read = match parameter {
                // Beside items of another type a text can only be a literal.
                Some(Parameter::Compatible) => {
                    *given == DataType::Utf8 && item.as_ref() != Some(given)
                }
                _ => parameter.and_then(|parameter| parameter.fit(given)) == Some(Fit::Literal),
            };
            let is_literal = arguments.scalar_arguments.get(index).is_some_and(Option::is_some);
            if is_read && !is_literal {
                return Err(self.unknown(names()).into());
            }
            if parameter == Some(Parameter::AnyArray) && (is_read || given.is_null()) {
                return Err(indeterminate());
            }
        }
        Ok(Arc::new(overload.returns.result(self.record.name, arguments.arg_fields)))
    }

    fn is_strict(&self) -> bool {
        self.overloads.iter().all(|overload| overload.is_strict)
    }

    // One key of a column is best read where the column is: scans do it without decoding maps.
    fn placement(&self, arguments: &[ExpressionPlacement]) -> ExpressionPlacement {
        match arguments {
            [ExpressionPlacement::Column, ExpressionPlacement::Literal]
                if self.record.name == GET_FUNCTION =>
            {
                ExpressionPlacement::MoveTowardsLeafNodes
            }
            _ => ExpressionPlacement::KeepInPlace,
        }
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let mut arguments = arguments;
        let overload = self.read_lists(&mut arguments)?;
        let is_null = |value: &ColumnarValue| {
            matches!(value, ColumnarValue::Scalar(scalar) if scalar.is_null())
                || value.data_type().is_null()
        };
        if overload.is_strict && arguments.args.iter().any(is_null) {
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from(
                arguments.return_field.data_type(),
            )?));
        }
        let all_constant =
            arguments.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let array = (overload.kernel)(&Arguments::new(
            &arguments.args,
            &arguments.arg_fields,
            arguments.number_rows,
            &self.catalog,
        ))?;
        if all_constant {
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
        }
        Ok(ColumnarValue::Array(array))
    }
}
