//! `unnest(json)` and `t.j.json`: refused, since DataFusion would take json apart as the struct that it is in the engine.

use crate::error::DialectError;
use crate::functions;
use census_error::{Error, SqlState};
use census_types::json;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{Expr, ExprSchemable, LogicalPlan};
use datafusion::optimizer::AnalyzerRule;

/// Refuses plans that take a struct apart.
#[derive(Debug)]
pub struct JsonUnnestRule;

impl AnalyzerRule for JsonUnnestRule {
    fn name(&self) -> &'static str {
        "ddsql_json_unnest"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        plan.apply_with_subqueries(|node| match node {
            LogicalPlan::Unnest(unnest) if !unnest.struct_type_columns.is_empty() => {
                Err(DialectError::UnknownSignature {
                    name: "unnest".to_owned(),
                    arguments: "json".to_owned(),
                    syntax: "json_array_elements(json) in FROM",
                }
                .into())
            }
            _ => Ok(TreeNodeRecursion::Continue),
        })?;
        Ok(plan)
    }
}

/// Refuses what DataFusion makes of a name that follows the name of a json column.
#[derive(Debug)]
pub struct JsonMemberRewrite;

impl FunctionRewrite for JsonMemberRewrite {
    fn name(&self) -> &'static str {
        "ddsql_json_members"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        if let Expr::ScalarFunction(function) = &expr
            && function.name() == "get_field"
            && let Some(value) = function.args.first()
            && json::is_json_type(&value.get_type(schema)?)
        {
            let message = "column notation applied to type json, which is not a composite type";
            let error = Error::new(SqlState::WrongObjectType, message)
                .with_hint("json -> 'key' is the value of a key.");
            return Err(functions::external(error));
        }
        Ok(Transformed::no(expr))
    }
}
