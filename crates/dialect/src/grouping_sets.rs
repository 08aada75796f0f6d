//! ROLLUP and CUBE of several columns at once, and `grouping(…)` where there is but one grouping.

use datafusion::sql::sqlparser::ast::{
    Expr, Function, GroupByExpr, Query, Select, Value, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// How many elements CUBE may have; every further one doubles the groupings.
pub(crate) const MAXIMUM_OF_CUBE: usize = 12;

/// Rewrites what the planner does not know in one SELECT.
pub(crate) fn rewrite(select: &mut Select) {
    let GroupByExpr::Expressions(groups, _) = &mut select.group_by else {
        return;
    };
    for group in groups.iter_mut() {
        match group {
            Expr::Rollup(elements) if is_compound(elements) => {
                *group = Expr::GroupingSets(rolled_up(elements));
            }
            Expr::Cube(elements) if is_compound(elements) && elements.len() <= MAXIMUM_OF_CUBE => {
                *group = Expr::GroupingSets(cubed(elements));
            }
            _ => {}
        }
    }
    let is_set =
        |group: &Expr| matches!(group, Expr::Rollup(_) | Expr::Cube(_) | Expr::GroupingSets(_));
    if !groups.iter().any(is_set) {
        let mut zeros = Zeros { depth: 0 };
        let _ = VisitMut::visit(&mut select.projection, &mut zeros);
        let _ = VisitMut::visit(&mut select.having, &mut zeros);
    }
}

fn is_compound(elements: &[Vec<Expr>]) -> bool {
    elements.iter().any(|columns| columns.len() != 1)
}

/// Returns all elements, all but the last, and so on until none.
fn rolled_up(elements: &[Vec<Expr>]) -> Vec<Vec<Expr>> {
    (0..=elements.len()).rev().map(|count| elements[..count].concat()).collect()
}

/// Returns every choice of elements.
fn cubed(elements: &[Vec<Expr>]) -> Vec<Vec<Expr>> {
    let mut sets = vec![Vec::new()];
    for element in elements.iter().rev() {
        let with: Vec<Vec<Expr>> =
            sets.iter().map(|set| element.iter().chain(set).cloned().collect()).collect();
        sets.splice(0..0, with);
    }
    sets
}

/// Every row is grouped by all that the rows are grouped by.
struct Zeros {
    depth: usize,
}

impl VisitorMut for Zeros {
    type Break = ();

    fn pre_visit_query(&mut self, _query: &mut Query) -> ControlFlow<()> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &mut Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Function(Function { name, .. }) = expr
            && self.depth == 0
            && name.to_string().eq_ignore_ascii_case("grouping")
        {
            *expr = Expr::value(Value::Number("0".to_owned(), false));
        }
        ControlFlow::Continue(())
    }
}
