//! CASE, COALESCE, GREATEST, LEAST and NULLIF as functions of which the type is known while a statement is planned.
//!
//! DataFusion gives CASE the type of its first branch, and has no place where the branches could be looked at before.
//! So they are planned as calls of these functions; [`super::ConditionalRewrite`] puts what computes them there.

use super::{Operand, common_type, compared_type};
use crate::error::DialectError;
use crate::functions;
use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::{Result, internal_err};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use std::sync::Arc;

/// A construct that gives one of several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Conditional {
    /// `CASE WHEN c THEN r … ELSE e END` as `(c, r, …, e)`.
    Case,
    /// `CASE x WHEN v THEN r … ELSE e END` as `(x, v, r, …, e)`.
    SimpleCase,
    Coalesce,
    Greatest,
    Least,
    NullIf,
}

impl Conditional {
    /// Returns the name of the function.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Case => "__case",
            Self::SimpleCase => "__simple_case",
            Self::Coalesce => "coalesce",
            Self::Greatest => "greatest",
            Self::Least => "least",
            Self::NullIf => "nullif",
        }
    }

    /// Finds the construct that a function stands for.
    pub(super) fn of(function: &ScalarUDF) -> Option<Self> {
        function.inner().downcast_ref::<ConditionalFunction>().map(|function| function.conditional)
    }

    /// Returns the name that messages have.
    pub(super) fn construct(self) -> &'static str {
        match self {
            Self::Case | Self::SimpleCase => "CASE",
            Self::Coalesce => "COALESCE",
            Self::Greatest => "GREATEST",
            Self::Least => "LEAST",
            Self::NullIf => "NULLIF",
        }
    }

    /// Returns the function.
    pub(crate) fn udf(self) -> Arc<ScalarUDF> {
        let signature = Signature::user_defined(Volatility::Immutable);
        Arc::new(ScalarUDF::new_from_impl(ConditionalFunction { conditional: self, signature }))
    }

    /// Returns the type of the result.
    ///
    /// # Errors
    /// 42804 and 42846 for values that have no type in common, 42883 for those that cannot be compared.
    pub(super) fn result_type(self, operands: &[Operand]) -> Result<SqlType, DialectError> {
        match self {
            Self::Case => {
                let (conditions, results) = branches(operands);
                for condition in conditions {
                    let data_type = condition.data_type();
                    if !condition.is_open
                        && !matches!(data_type, DataType::Boolean | DataType::Null)
                    {
                        return Err(DialectError::NotBoolean {
                            construct: "CASE/WHEN",
                            found: condition.type_name(),
                        });
                    }
                }
                common_type(self.construct(), results)
            }
            Self::SimpleCase => {
                let Some((compared, rest)) = operands.split_first() else {
                    return Ok(SqlType::Unknown);
                };
                let (values, results) = branches(rest);
                for value in values {
                    simple_case_type(compared, value)?;
                }
                common_type(self.construct(), results)
            }
            Self::Coalesce => common_type(self.construct(), operands),
            Self::Greatest | Self::Least => match common_type(self.construct(), operands)? {
                SqlType::Json => Err(DialectError::NoOrder { name: "json".to_owned() }),
                common => Ok(common),
            },
            Self::NullIf => match operands {
                [value, other] => {
                    let compared = compared_type(value, other)
                        .ok_or_else(|| DialectError::unequal(value, other))?;
                    // A date is compared with a timestamp as it is, everything else in the type of both.
                    let is_date = !value.is_open && value.sql_type() == SqlType::Date;
                    Ok(if is_date { SqlType::Date } else { compared })
                }
                _ => Ok(SqlType::Unknown),
            },
        }
    }
}

/// Returns the type in which `CASE x WHEN v` compares; a literal as x is text.
pub(super) fn simple_case_type(
    compared: &Operand,
    value: &Operand,
) -> Result<SqlType, DialectError> {
    let decided = Operand { is_open: false, ..compared.clone() };
    compared_type(&decided, value).ok_or_else(|| DialectError::unequal(&decided, value))
}

/// Returns the conditions, and the results in the order in which they decide about the type: ELSE is the first.
fn branches(operands: &[Operand]) -> (Vec<&Operand>, Vec<&Operand>) {
    let (pairs, otherwise) = operands.split_at(operands.len() / 2 * 2);
    let conditions = pairs.iter().step_by(2).collect();
    let results = otherwise.iter().chain(pairs.iter().skip(1).step_by(2)).collect();
    (conditions, results)
}

#[derive(Debug)]
struct ConditionalFunction {
    conditional: Conditional,
    signature: Signature,
}

impl PartialEq for ConditionalFunction {
    fn eq(&self, other: &Self) -> bool {
        self.conditional == other.conditional
    }
}

impl Eq for ConditionalFunction {}

impl std::hash::Hash for ConditionalFunction {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.conditional.hash(state);
    }
}

impl ScalarUDFImpl for ConditionalFunction {
    fn name(&self) -> &str {
        self.conditional.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn schema_name(&self, arguments: &[Expr]) -> Result<String> {
        Ok(functions::hashed_name(self.name(), arguments))
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        Ok(types.to_vec())
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        internal_err!("return_field_from_args answers for {}", self.name())
    }

    fn return_field_from_args(&self, arguments: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        let operands: Vec<Operand> = arguments
            .arg_fields
            .iter()
            .zip(arguments.scalar_arguments)
            .map(|(field, literal)| Operand::of_argument(field, *literal))
            .collect();
        let result = self.conditional.result_type(&operands)?;
        Ok(Arc::new(result.to_field(self.name(), true)))
    }

    fn invoke_with_args(&self, _arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        internal_err!("{} has not been replaced", self.name())
    }
}
