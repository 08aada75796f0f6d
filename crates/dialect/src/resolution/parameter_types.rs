//! The types that an expression decides for the parameters that are its operands.

use super::{ConditionalRewrite, Operand, PredicateRewrite};
use crate::functions;
use census_types::SqlType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::Placeholder;
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{Cast, Expr};

/// Returns the parameters that an expression decides, by name, `$1` and so on; expressions within it are looked at for
/// themselves.
///
/// # Errors
/// Those of looking at expressions, which are faults of the planner.
pub fn parameter_types(expr: &Expr, schema: &DFSchema) -> Result<Vec<(String, SqlType)>> {
    match expr {
        Expr::Placeholder(_) => Ok(decided(expr).into_iter().collect()),
        Expr::Cast(Cast { expr, field }) => Ok(match undecided(expr) {
            Some(name) => vec![(name.to_owned(), SqlType::from_field(field))],
            None => Vec::new(),
        }),
        Expr::ScalarFunction(call) => {
            let mut types = rewritten(&ConditionalRewrite, expr, schema)?;
            types.extend(of_arguments(&call.args, schema, |given| {
                functions::scalar_arguments(&call.func, given)
            }));
            Ok(types)
        }
        Expr::AggregateFunction(call) => Ok(of_arguments(&call.params.args, schema, |given| {
            functions::aggregate_arguments(&call.func, given)
        })),
        Expr::WindowFunction(call) => Ok(of_arguments(&call.params.args, schema, |given| {
            functions::window_arguments(&call.fun, given)
        })),
        Expr::InList(_) | Expr::Between(_) | Expr::InSubquery(_) | Expr::SetComparison(_) => {
            rewritten(&PredicateRewrite, expr, schema)
        }
        _ => Ok(Vec::new()),
    }
}

/// Returns the name of a parameter whose type nothing has decided.
fn undecided(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Placeholder(Placeholder { id, field: None }) => Some(id),
        _ => None,
    }
}

/// Returns a parameter with the type that it has.
fn decided(expr: &Expr) -> Option<(String, SqlType)> {
    match expr {
        Expr::Placeholder(Placeholder { id, field: Some(field) }) => {
            Some((id.clone(), SqlType::from_field(field)))
        }
        _ => None,
    }
}

/// Returns the parameters that a rewrite decides, which finds the type of several values.
fn rewritten(
    rewrite: &dyn FunctionRewrite,
    expr: &Expr,
    schema: &DFSchema,
) -> Result<Vec<(String, SqlType)>> {
    // What cannot be rewritten is refused when the statement is run.
    let Ok(rewritten) = rewrite.rewrite(expr.clone(), schema, &ConfigOptions::default()) else {
        return Ok(Vec::new());
    };
    let mut types = Vec::new();
    if rewritten.transformed {
        rewritten.data.apply(|part| {
            // Values that are all open are texts, which another place may yet decide otherwise.
            types.extend(decided(part).filter(|(_, sql_type)| *sql_type != SqlType::Text));
            Ok(TreeNodeRecursion::Continue)
        })?;
    }
    Ok(types)
}

/// Returns the parameters among the arguments of a call, with the types that `taken` finds for all arguments.
fn of_arguments(
    arguments: &[Expr],
    schema: &DFSchema,
    taken: impl Fn(&[SqlType]) -> Option<Vec<SqlType>>,
) -> Vec<(String, SqlType)> {
    if !arguments.iter().any(|argument| undecided(argument).is_some()) {
        return Vec::new();
    }
    let given = |argument: &Expr| -> Result<SqlType> {
        let operand = Operand::of(argument, schema)?;
        Ok(if operand.is_open { SqlType::Unknown } else { operand.sql_type() })
    };
    let given: Result<Vec<SqlType>> = arguments.iter().map(given).collect();
    let Some(taken) = given.ok().and_then(|given| taken(&given)) else { return Vec::new() };
    let places = arguments.iter().zip(taken);
    places.filter_map(|(argument, taken)| Some((undecided(argument)?.to_owned(), taken))).collect()
}
