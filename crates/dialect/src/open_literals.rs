//! Text literals beside values of hstore, json and inet in CASE and UNION take their type.

use crate::casts::read_literal;
use census_types::SqlType;
use datafusion::arrow::datatypes::{Field, FieldRef};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{Case, Expr, ExprSchemable, LogicalPlan, Projection, Union};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

/// Reads literals within expressions; those beside operators are read when operators are planned.
#[derive(Debug)]
pub struct OpenLiteralRewrite;

impl FunctionRewrite for OpenLiteralRewrite {
    fn name(&self) -> &'static str {
        "ddsql_open_literals"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        match expr {
            Expr::Case(case) => rewrite_case(case, schema),
            other => Ok(Transformed::no(other)),
        }
    }
}

fn rewrite_case(mut case: Case, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let Case { expr: compared, when_then_expr: branches, else_expr: otherwise } = &mut case;
    let mut changed = false;
    if let Some(compared) = compared {
        let mut values = vec![compared.as_mut()];
        values.extend(branches.iter_mut().map(|(when, _)| when.as_mut()));
        changed = unify(&mut values, schema)?;
    }
    let mut results: Vec<&mut Expr> = branches.iter_mut().map(|(_, then)| then.as_mut()).collect();
    results.extend(otherwise.as_deref_mut());
    changed = unify(&mut results, schema)? || changed;
    let expr = Expr::Case(case);
    Ok(if changed { Transformed::yes(expr) } else { Transformed::no(expr) })
}

/// Reads the literals among values in the type of the first that has one of the types; tells whether there was one.
fn unify(values: &mut [&mut Expr], schema: &DFSchema) -> Result<bool> {
    let mut target: Option<FieldRef> = None;
    for value in values.iter() {
        let (_, field) = value.to_field(schema)?;
        if target.is_none() && is_closed(&field) {
            target = Some(field);
        }
    }
    let Some(target) = target else { return Ok(false) };
    let mut changed = false;
    for value in values {
        if is_text_literal(value) {
            **value = read_literal((*value).clone(), &target)?;
            changed = true;
        }
    }
    Ok(changed)
}

/// Tells whether no cast of Arrow's leads from text to the type.
fn is_closed(field: &Field) -> bool {
    SqlType::from_data_type(field.data_type()).is_text_alone()
}

fn is_text_literal(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(ScalarValue::Utf8(Some(_)), _))
}

/// Reads the literals that a query of a UNION gives for a column which is hstore, json or inet in another.
#[derive(Debug)]
pub struct OpenUnionRule;

impl AnalyzerRule for OpenUnionRule {
    fn name(&self) -> &'static str {
        "ddsql_open_unions"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        // The columns of every node above a UNION that changes may be of other types then.
        let mut has_changed = false;
        let rewritten = plan.transform_up_with_subqueries(|node| match node {
            LogicalPlan::Union(Union { inputs, schema }) => {
                let Some(targets) = closed_columns(&inputs) else {
                    return Ok(Transformed::no(LogicalPlan::Union(Union { inputs, schema })));
                };
                has_changed = true;
                let inputs = inputs
                    .into_iter()
                    .map(|input| Ok(Arc::new(read_columns(input.as_ref().clone(), &targets)?)))
                    .collect::<Result<Vec<_>>>()?;
                Ok(Transformed::yes(LogicalPlan::Union(Union::try_new_with_loose_types(inputs)?)))
            }
            other if has_changed => Ok(Transformed::yes(other.recompute_schema()?)),
            other => Ok(Transformed::no(other)),
        })?;
        Ok(rewritten.data)
    }
}

/// Returns for each column the type that one of the queries gives it; `None` where there is none.
fn closed_columns(inputs: &[Arc<LogicalPlan>]) -> Option<Vec<Option<FieldRef>>> {
    let width = inputs.first()?.schema().fields().len();
    let columns: Vec<Option<FieldRef>> = (0..width)
        .map(|column| {
            let mut fields = inputs.iter().filter_map(|input| input.schema().fields().get(column));
            fields.find(|field| is_closed(field)).cloned()
        })
        .collect();
    columns.iter().any(Option::is_some).then_some(columns)
}

fn read_columns(input: LogicalPlan, targets: &[Option<FieldRef>]) -> Result<LogicalPlan> {
    let LogicalPlan::Projection(projection) = input else { return Ok(input) };
    let mut expressions = projection.expr;
    for (expression, target) in expressions.iter_mut().zip(targets) {
        let Some(target) = target else { continue };
        if let Expr::Alias(alias) = expression {
            if is_text_literal(&alias.expr) {
                *alias.expr = read_literal(alias.expr.as_ref().clone(), target)?;
            }
        } else if is_text_literal(expression) {
            let name = expression.schema_name().to_string();
            *expression = read_literal(expression.clone(), target)?.alias(name);
        }
    }
    Ok(LogicalPlan::Projection(Projection::try_new(expressions, projection.input)?))
}
