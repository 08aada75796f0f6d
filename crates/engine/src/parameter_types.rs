//! The types of parameters that the plan of a statement decides.

use census_dialect::resolution::parameter_types;
use census_types::SqlType;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::LogicalPlan;
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
                for (name, sql_type) in parameter_types(part, &schema)? {
                    if sql_type != SqlType::Unknown {
                        types.entry(name).or_insert(sql_type);
                    }
                }
                Ok(TreeNodeRecursion::Continue)
            })
        })
    })?;
    Ok(types)
}
