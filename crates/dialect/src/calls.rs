//! How aggregates and window functions may be called, and in which clauses: what the syntax tree alone can tell.

use crate::functions::{self, Implementation};
use crate::position;
use census_error::{Error, Span, SqlState};
use datafusion::sql::sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause,
    FunctionArguments, OrderByExpr, Query, Spanned, Value, Visit, Visitor, WindowType,
};
use std::ops::ControlFlow;

/// The aggregates that are called with WITHIN GROUP.
const ORDERED_SETS: [&str; 4] = ["approx_percentile", "mode", "percentile_cont", "percentile_disc"];

/// The window functions that PostgreSQL also has as aggregates of a hypothetical row.
const HYPOTHETICAL: [&str; 4] = ["cume_dist", "dense_rank", "percent_rank", "rank"];

/// The aggregates that PostgreSQL has for several types among which a literal decides nothing.
const OF_SEVERAL_TYPES: [&str; 6] = ["array_agg", "avg", "bit_and", "bit_or", "bit_xor", "sum"];

/// Tells whether a function takes arguments beside the values of WITHIN GROUP.
pub(crate) fn has_direct_arguments(name: &str) -> bool {
    ORDERED_SETS.contains(&name) || HYPOTHETICAL.contains(&name)
}

/// What a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CallKind {
    Aggregate,
    Window,
    Other,
}

/// Returns the name of a call without schema, lower case where it is not quoted.
fn name(call: &Function) -> String {
    match call.name.0.as_slice() {
        [part] => part.as_ident().map_or_else(String::new, |name| match name.quote_style {
            Some(_) => name.value.clone(),
            None => name.value.to_lowercase(),
        }),
        _ => String::new(),
    }
}

fn kind(call: &Function) -> CallKind {
    let name = name(call);
    let is_aggregate = functions::all().iter().any(|record| {
        record.name == name && matches!(record.implementation, Implementation::Aggregate(_))
    });
    let is_window = functions::all().iter().any(|record| {
        record.name == name && matches!(record.implementation, Implementation::Window(_))
    });
    let is_hypothetical = is_window && !call.within_group.is_empty();
    match (is_aggregate || is_hypothetical, is_window, call.over.is_some()) {
        (true, _, false) => CallKind::Aggregate,
        (true, _, true) | (false, true, _) => CallKind::Window,
        (false, false, _) => CallKind::Other,
    }
}

/// Refuses a call that no function of its name takes (42809, 42803, 42P20, 42883, 42725, 0A000).
pub(crate) fn check(text: &str, call: &Function) -> Result<(), Error> {
    match fault(call) {
        Some(error) => {
            let span = call.name.span();
            Err(error.with_span(position::span(text, span.start, span.end)))
        }
        None => Ok(()),
    }
}

fn fault(call: &Function) -> Option<Error> {
    let name = name(call);
    let record = functions::all().iter().find(|record| record.name == name)?;
    let error = |sqlstate, message: String| Some(Error::new(sqlstate, message));
    match record.implementation {
        Implementation::Aggregate(_) if call.over.is_some() => over_fault(call, &name),
        Implementation::Aggregate(_) => aggregate_fault(call, &name),
        Implementation::Window(_)
            if HYPOTHETICAL.contains(&name.as_str())
                && !(call.within_group.is_empty() && arguments(call).is_empty()) =>
        {
            hypothetical_fault(call, &name)
        }
        Implementation::Window(_) if call.over.is_none() => error(
            SqlState::WrongObjectType,
            format!("window function {name} requires an OVER clause"),
        ),
        Implementation::Window(_) => over_fault(call, &name),
        _ => other_fault(call, &name),
    }
}

/// Returns what is wrong with a call that has OVER.
fn over_fault(call: &Function, name: &str) -> Option<Error> {
    let unsupported = |what: &str| Some(Error::new(SqlState::FeatureNotSupported, what.to_owned()));
    if ORDERED_SETS.contains(&name) {
        return unsupported(&format!("OVER is not supported for ordered-set aggregate {name}"));
    }
    if is_distinct(call) {
        return unsupported("DISTINCT is not implemented for window functions");
    }
    if !argument_order(call).is_empty() {
        return unsupported("aggregate ORDER BY is not implemented for window functions");
    }
    let mut inner: Vec<&Expr> = arguments(call);
    if let Some(WindowType::WindowSpec(window)) = &call.over {
        inner.extend(&window.partition_by);
        inner.extend(window.order_by.iter().map(|order| &order.expr));
    }
    let nests = inner.into_iter().any(|argument| contains(argument, CallKind::Window));
    nests.then(|| Error::new(SqlState::WindowingError, "window function calls cannot be nested"))
}

/// Returns what is wrong with a call of an aggregate.
fn aggregate_fault(call: &Function, name: &str) -> Option<Error> {
    let error = |sqlstate, message: String| Some(Error::new(sqlstate, message));
    if let Some(error) = within_group_fault(call, name) {
        return Some(error);
    }
    let given = arguments(call);
    if let Some(error) = count_fault(call, name, &given) {
        return Some(error);
    }
    if OF_SEVERAL_TYPES.contains(&name) && matches!(given.as_slice(), [only] if is_open(only)) {
        return error(SqlState::AmbiguousFunction, format!("function {name}(unknown) is not unique")).map(|error| {
            error.with_hint("Could not choose a best candidate function. You might need to add explicit type casts.")
        });
    }
    let order = argument_order(call);
    if is_distinct(call) && order.iter().any(|order| !given.contains(&&order.expr)) {
        let message =
            "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list";
        return error(SqlState::InvalidColumnReference, message.to_owned());
    }
    nesting_fault(call)
}

/// Returns what is wrong with what an aggregate is computed from.
fn nesting_fault(call: &Function) -> Option<Error> {
    let orders = argument_order(call).iter().chain(&call.within_group).map(|order| &order.expr);
    let inner: Vec<&Expr> = arguments(call).into_iter().chain(orders).collect();
    let error = |message: &str| Some(Error::new(SqlState::GroupingError, message.to_owned()));
    if inner.iter().any(|argument| contains(argument, CallKind::Aggregate)) {
        return error("aggregate function calls cannot be nested");
    }
    if inner.iter().any(|argument| contains(argument, CallKind::Window)) {
        return error("aggregate function calls cannot contain window function calls");
    }
    let filter = call.filter.as_deref()?;
    clause_fault(filter, "FILTER")
}

/// Returns what is wrong with WITHIN GROUP of an aggregate, or with its absence.
fn within_group_fault(call: &Function, name: &str) -> Option<Error> {
    let error = |sqlstate, message: String| Some(Error::new(sqlstate, message));
    let is_ordered_set = ORDERED_SETS.contains(&name);
    let given = arguments(call).len();
    let direct = usize::from(name != "mode");
    match (is_ordered_set, call.within_group.len()) {
        (false, 0) => None,
        (true, 0) if given == direct + 1 => error(
            SqlState::WrongObjectType,
            format!("WITHIN GROUP is required for ordered-set aggregate {name}"),
        ),
        (true, 1) if given == direct && is_distinct(call) => {
            error(SqlState::SyntaxError, "cannot use DISTINCT with WITHIN GROUP".to_owned())
        }
        (true, 1) if given == direct => None,
        (false, _) if given == 0 => error(
            SqlState::WrongObjectType,
            format!("{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP"),
        ),
        _ => unknown(call, name),
    }
}

/// Returns what is wrong with a call that asks for the place of a row that is not there.
fn hypothetical_fault(call: &Function, name: &str) -> Option<Error> {
    let error = |sqlstate, message: String| Some(Error::new(sqlstate, message));
    let (direct, orders) = (arguments(call).len(), call.within_group.len());
    if orders == 0 {
        return error(
            SqlState::WrongObjectType,
            format!("WITHIN GROUP is required for ordered-set aggregate {name}"),
        );
    }
    if call.over.is_some() {
        return error(
            SqlState::FeatureNotSupported,
            format!("OVER is not supported for ordered-set aggregate {name}"),
        );
    }
    if is_distinct(call) {
        return error(SqlState::SyntaxError, "cannot use DISTINCT with WITHIN GROUP".to_owned());
    }
    if direct != orders {
        return unknown(call, name).map(|error| {
            error.with_hint(format!(
                "To use the hypothetical-set aggregate {name}, the number of hypothetical direct arguments (here {direct}) must match the number of ordering columns (here {orders})."
            ))
        });
    }
    nesting_fault(call)
}

/// Returns the error for a call that no aggregate of its name takes.
fn unknown(call: &Function, name: &str) -> Option<Error> {
    let record = functions::all().iter().find(|record| record.name == name)?;
    let orders = call.within_group.iter().map(|order| &order.expr);
    let listed: Vec<String> =
        arguments(call).into_iter().chain(orders).map(ToString::to_string).collect();
    let message = format!("function {name}({}) does not exist", listed.join(", "));
    let hint = format!("There is {}.", record.syntax.replace('\n', ", "));
    Some(Error::new(SqlState::UndefinedFunction, message).with_hint(hint))
}

/// Returns what is wrong with how many arguments an aggregate has.
fn count_fault(call: &Function, name: &str, given: &[&Expr]) -> Option<Error> {
    let has_star = has_star(call);
    if name == "count" && given.is_empty() && !has_star {
        let message = "count(*) must be used to call a parameterless aggregate function";
        return Some(Error::new(SqlState::WrongObjectType, message));
    }
    if name == "grouping" && given.is_empty() {
        return Some(Error::new(SqlState::SyntaxError, "syntax error at or near \")\""));
    }
    let is_wrong = match name {
        "count" => given.len() > 1,
        "avg" | "bit_and" | "bit_or" | "bit_xor" | "bool_and" | "bool_or" | "every" | "max"
        | "min" | "sum" => given.len() != 1,
        _ => false,
    };
    if !is_wrong && (!has_star || name == "count") {
        return None;
    }
    unknown(call, name)
}

/// Returns what is wrong with a call of a function that is no aggregate.
fn other_fault(call: &Function, name: &str) -> Option<Error> {
    let part = if is_distinct(call) {
        "DISTINCT specified"
    } else if !call.within_group.is_empty() {
        "WITHIN GROUP specified"
    } else if !argument_order(call).is_empty() {
        "ORDER BY specified"
    } else if call.filter.is_some() {
        "FILTER specified"
    } else if call.over.is_some() {
        let message = format!(
            "OVER specified, but {name} is not a window function nor an aggregate function"
        );
        return Some(Error::new(SqlState::WrongObjectType, message));
    } else if name == "to_char" && arguments(call).first().is_some_and(|first| is_open(first)) {
        let message = format!("function {name}(unknown, unknown) is not unique");
        return Some(Error::new(SqlState::AmbiguousFunction, message).with_hint("Could not choose a best candidate function. You might need to add explicit type casts."));
    } else {
        return None;
    };
    Some(Error::new(
        SqlState::WrongObjectType,
        format!("{part}, but {name} is not an aggregate function"),
    ))
}

/// Returns where the arguments of what is syntax rather than a function are too few or too many.
///
/// PostgreSQL's grammar has COALESCE, GREATEST and LEAST of one value or more, and NULLIF of two.
pub(crate) fn misplaced_end(text: &str, call: &Function) -> Option<Span> {
    let allowed = match name(call).as_str() {
        "coalesce" | "greatest" | "least" => 1..=usize::MAX,
        "nullif" => 2..=2,
        _ => return None,
    };
    let given = arguments(call);
    if allowed.contains(&given.len()) || has_star(call) {
        return None;
    }
    // What follows the last argument that may stand there is what the grammar does not expect.
    let last = given.len().min(*allowed.end());
    let end = match last.checked_sub(1).and_then(|place| given.get(place)) {
        Some(argument) => argument.span().end,
        None => call.name.span().end,
    };
    let start = position::span(text, end, end).start;
    let wanted = if given.len() > last { ',' } else { ')' };
    let place = start + text.get(start..)?.find(wanted)?;
    Some(Span { start: place, end: place + 1 })
}

/// Returns what is wrong with a clause in which neither aggregates nor window functions may stand.
pub(crate) fn clause_fault(expr: &Expr, clause: &str) -> Option<Error> {
    if contains(expr, CallKind::Aggregate) {
        return Some(Error::new(
            SqlState::GroupingError,
            format!("aggregate functions are not allowed in {clause}"),
        ));
    }
    window_fault(expr, clause)
}

/// Returns what is wrong with a clause in which no window functions may stand.
pub(crate) fn window_fault(expr: &Expr, clause: &str) -> Option<Error> {
    contains(expr, CallKind::Window).then(|| {
        Error::new(
            SqlState::WindowingError,
            format!("window functions are not allowed in {clause}"),
        )
    })
}

/// Tells whether an expression has an aggregate of its own query.
pub(crate) fn has_aggregate(expr: &Expr) -> bool {
    contains(expr, CallKind::Aggregate)
}

/// Tells whether an expression calls a function of a kind outside its subqueries.
fn contains(expr: &Expr, wanted: CallKind) -> bool {
    let mut finder = Finder { wanted, depth: 0 };
    expr.visit(&mut finder).is_break()
}

struct Finder {
    wanted: CallKind,
    depth: usize,
}

impl Visitor for Finder {
    type Break = ();

    fn pre_visit_query(&mut self, _query: &Query) -> ControlFlow<()> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Function(call) if self.depth == 0 && kind(call) == self.wanted => {
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        }
    }
}

fn arguments(call: &Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &call.args else {
        return Vec::new();
    };
    let arguments = list.args.iter().filter_map(|argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
        _ => None,
    });
    arguments.collect()
}

fn has_star(call: &Function) -> bool {
    matches!(&call.args, FunctionArguments::List(list) if list.args.iter().any(|argument| {
        matches!(argument, FunctionArg::Unnamed(FunctionArgExpr::Wildcard | FunctionArgExpr::QualifiedWildcard(_)))
    }))
}

fn is_distinct(call: &Function) -> bool {
    matches!(&call.args, FunctionArguments::List(list) if list.duplicate_treatment == Some(DuplicateTreatment::Distinct))
}

/// Returns ORDER BY among the arguments.
fn argument_order(call: &Function) -> &[OrderByExpr] {
    let FunctionArguments::List(list) = &call.args else {
        return &[];
    };
    let order = list.clauses.iter().find_map(|clause| match clause {
        FunctionArgumentClause::OrderBy(order) => Some(order.as_slice()),
        _ => None,
    });
    order.unwrap_or_default()
}

/// Tells whether an expression is a text literal or NULL, whose type PostgreSQL leaves open.
pub(crate) fn is_open(expr: &Expr) -> bool {
    matches!(expr, Expr::Value(value) if matches!(
        value.value,
        Value::SingleQuotedString(_) | Value::EscapedStringLiteral(_) | Value::Null
    ))
}
