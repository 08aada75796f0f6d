//! VALUES: the rows of a column have one type.

use super::{Operand, coerced, common_type};
use census_error::{Error, SqlState};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::RelationPlannerContext;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder};
use datafusion::sql::sqlparser::ast::{
    Query, SetExpr, Statement, TableFactor, Values, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use std::ops::ControlFlow;

/// The relation that VALUES outside FROM becomes.
const WRAPPER: &str = "SELECT * FROM (SELECT 1) AS __values";

/// Turns VALUES outside FROM into a query of a relation: what stands in FROM is planned by `plan`.
pub fn wrap(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Wrapper::default());
}

#[derive(Default)]
struct Wrapper {
    /// Whether the next query is a relation that is VALUES alone, which is planned as it stands.
    is_relation: bool,
    /// The same of the queries around.
    are_relations: Vec<bool>,
}

impl VisitorMut for Wrapper {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
        self.is_relation = is_values(factor);
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, _query: &mut Query) -> ControlFlow<()> {
        self.are_relations.push(std::mem::take(&mut self.is_relation));
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        if self.are_relations.pop() != Some(true) {
            wrap_set(&mut query.body);
        }
        ControlFlow::Continue(())
    }
}

fn wrap_set(set: &mut SetExpr) {
    match set {
        SetExpr::Values(_) => {
            if let Some(wrapped) = wrapped(set) {
                *set = wrapped;
            }
        }
        SetExpr::SetOperation { left, right, .. } => {
            wrap_set(left);
            wrap_set(right);
        }
        _ => {}
    }
}

fn wrapped(values: &SetExpr) -> Option<SetExpr> {
    let mut parsed = Parser::parse_sql(&PostgreSqlDialect {}, WRAPPER).ok()?;
    let Statement::Query(wrapper) = parsed.pop()? else { return None };
    let mut body = *wrapper.body;
    let SetExpr::Select(select) = &mut body else { return None };
    let relation = &mut select.from.first_mut()?.relation;
    let TableFactor::Derived { subquery, .. } = relation else { return None };
    (*subquery.body).clone_from(values);
    Some(body)
}

/// Returns the rows of a relation that is VALUES and nothing else.
pub(crate) fn is_values(factor: &TableFactor) -> bool {
    match factor {
        TableFactor::Derived { subquery, .. } => {
            let Query { with, order_by, limit_clause, fetch, body, .. } = subquery.as_ref();
            with.is_none()
                && order_by.is_none()
                && limit_clause.is_none()
                && fetch.is_none()
                && matches!(body.as_ref(), SetExpr::Values(_))
        }
        _ => false,
    }
}

/// Plans a relation of which [`is_values`] is true.
///
/// # Errors
/// 42601 for rows of different lengths, 42804 and 42846 for values that have no type in common, and those of the
/// values.
pub(crate) fn plan(
    factor: TableFactor,
    context: &mut dyn RelationPlannerContext,
) -> Result<LogicalPlan> {
    let rows = match factor {
        TableFactor::Derived { subquery, .. } => match *subquery.body {
            SetExpr::Values(Values { rows, .. }) => rows,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let schema = DFSchema::empty();
    let mut planned = Vec::with_capacity(rows.len());
    let mut operands: Vec<Vec<Operand>> = Vec::with_capacity(rows.len());
    let mut width = None;
    for row in rows {
        let cells = row
            .content
            .into_iter()
            .map(|cell| context.sql_to_expr(cell, &schema))
            .collect::<Result<Vec<_>>>()?;
        if *width.get_or_insert(cells.len()) != cells.len() {
            let message = "VALUES lists must all be the same length";
            return Err(crate::functions::external(Error::new(SqlState::SyntaxError, message)));
        }
        operands.push(cells.iter().map(|cell| Operand::of(cell, &schema)).collect::<Result<_>>()?);
        planned.push(cells);
    }
    let width = width.unwrap_or(0);
    let mut types = Vec::with_capacity(width);
    for place in 0..width {
        types.push(common_type("VALUES", operands.iter().map(|row| &row[place]))?);
    }
    let rows = planned.into_iter().zip(&operands).map(|(cells, operands)| {
        let cells = cells.into_iter().zip(operands).zip(&types);
        cells.map(|((cell, operand), target)| coerced(cell, operand, target)).collect()
    });
    LogicalPlanBuilder::values(rows.collect::<Result<_>>()?)?.build()
}
