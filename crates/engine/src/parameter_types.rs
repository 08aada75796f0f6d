//! The types of parameters that the plan of a statement decides: what operators have given them, what a cast leads to,
//! and what the function takes whose arguments they are.

use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::{Placeholder, ScalarFunction};
use datafusion::logical_expr::{Cast, Expr, ExprSchemable, LogicalPlan};
use std::collections::BTreeMap;

/// Returns the types by the names of the parameters, `$1` and so on; the first place that decides one counts.
pub(crate) fn decided(plan: &LogicalPlan) -> Result<BTreeMap<String, SqlType>> {
    let mut types = BTreeMap::new();
    plan.apply_with_subqueries(|node| {
        let mut schema = DFSchema::empty();
        for input in node.inputs() {
            schema.merge(input.schema());
        }
        node.apply_expressions(|expr| {
            expr.apply(|part| {
                look_at(part, &schema, &mut types);
                Ok(TreeNodeRecursion::Continue)
            })
        })
    })?;
    Ok(types)
}

fn look_at(expr: &Expr, schema: &DFSchema, types: &mut BTreeMap<String, SqlType>) {
    match expr {
        Expr::Placeholder(Placeholder { id, field: Some(field) }) => keep(types, id, field),
        Expr::Cast(Cast { expr, field }) => {
            if let Expr::Placeholder(Placeholder { id, .. }) = expr.as_ref() {
                keep(types, id, field);
            }
        }
        Expr::ScalarFunction(function) => look_at_arguments(function, schema, types),
        _ => {}
    }
}

/// Keeps the types that a function takes its arguments in.
fn look_at_arguments(
    function: &ScalarFunction,
    schema: &DFSchema,
    types: &mut BTreeMap<String, SqlType>,
) {
    let arguments = || function.args.iter().enumerate();
    if !arguments().any(|(_, argument)| matches!(argument, Expr::Placeholder(_))) {
        return;
    }
    let given: Result<Vec<DataType>> =
        function.args.iter().map(|argument| argument.get_type(schema)).collect();
    // A function that does not take these refuses them when the statement is run.
    let Ok(taken) = given.and_then(|given| function.func.coerce_types(&given)) else { return };
    for (place, argument) in arguments() {
        if let (Expr::Placeholder(Placeholder { id, field: None }), Some(taken)) =
            (argument, taken.get(place))
        {
            keep(types, id, &Field::new("", taken.clone(), true));
        }
    }
}

fn keep(types: &mut BTreeMap<String, SqlType>, name: &str, field: &Field) {
    if !field.data_type().is_null() {
        types.entry(name.to_owned()).or_insert_with(|| SqlType::from_field(field));
    }
}
