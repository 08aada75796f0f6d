//! The types in which functions take their arguments, by what their records declare.

use super::aggregates::collected;
use super::windows::kernel;
use super::{kernel_function, typed_function};
use crate::resolution::argument_types;
use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::logical_expr::{AggregateUDF, ScalarUDF, WindowFunctionDefinition};

/// Returns the types in which a scalar function takes arguments of these types, where `unknown` is one that is open;
/// `None` where nothing says so.
pub(crate) fn scalar_arguments(function: &ScalarUDF, given: &[SqlType]) -> Option<Vec<SqlType>> {
    if let Some(forms) = kernel_function::forms(function, given.len()) {
        return Some(argument_types(&forms, given));
    }
    if let Some(taken) = typed_function::taken(function, given) {
        return Some(taken);
    }
    // One of DataFusion's own.
    let types: Vec<DataType> = given.iter().map(SqlType::data_type).collect();
    let taken = function.coerce_types(&types).ok()?;
    Some(taken.into_iter().map(|taken| SqlType::from_field(&Field::new("", taken, true))).collect())
}

/// Returns the same of an aggregate.
pub(crate) fn aggregate_arguments(
    function: &AggregateUDF,
    given: &[SqlType],
) -> Option<Vec<SqlType>> {
    Some(argument_types(&collected::forms(function, given.len())?, given))
}

/// Returns the same of a function that is called over a window.
pub(crate) fn window_arguments(
    function: &WindowFunctionDefinition,
    given: &[SqlType],
) -> Option<Vec<SqlType>> {
    match function {
        WindowFunctionDefinition::AggregateUDF(function) => aggregate_arguments(function, given),
        WindowFunctionDefinition::WindowUDF(function) => {
            Some(argument_types(&kernel::forms(function, given.len())?, given))
        }
    }
}
