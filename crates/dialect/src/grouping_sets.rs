//! ROLLUP and CUBE of several columns at once, and `grouping(…)` where there is but one grouping.

use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Query, Select,
    Value, VisitMut, VisitorMut,
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
            Expr::GroupingSets(sets) => {
                *sets = std::mem::take(sets).into_iter().flat_map(written_out).collect();
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

/// Returns the sets that ROLLUP or CUBE within GROUPING SETS stands for, which the parser takes for a call.
fn written_out(set: Vec<Expr>) -> Vec<Vec<Expr>> {
    let [Expr::Function(call)] = set.as_slice() else { return vec![set] };
    let Some(elements) = elements(call) else { return vec![set] };
    match call.name.to_string().to_lowercase().as_str() {
        "rollup" => rolled_up(&elements),
        "cube" if elements.len() <= MAXIMUM_OF_CUBE => cubed(&elements),
        _ => vec![set],
    }
}

/// Returns the arguments of a call as elements of ROLLUP and CUBE.
fn elements(call: &Function) -> Option<Vec<Vec<Expr>>> {
    let FunctionArguments::List(list) = &call.args else { return None };
    let element = |argument: &FunctionArg| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Tuple(columns))) => Some(columns.clone()),
        FunctionArg::Unnamed(FunctionArgExpr::Expr(column)) => Some(vec![column.clone()]),
        _ => None,
    };
    list.args.iter().map(element).collect()
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
