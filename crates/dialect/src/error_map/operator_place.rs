//! Where an operator stands in a statement, and the clauses and relations that messages speak of.

use crate::position;
use census_error::Span;
use datafusion::sql::sqlparser::ast::{
    Expr, JoinConstraint, JoinOperator, Query, Select, SelectItem, SelectItemQualifiedWildcardKind,
    Spanned, TableFactor, Value, Visit, Visitor, visit_expressions,
};
use datafusion::sql::sqlparser::tokenizer::Location;
use std::ops::ControlFlow;

/// What a message says of an operator and its operands: `operator does not exist: text = bigint`.
struct Operation<'a> {
    left: &'a str,
    operator: &'a str,
    right: &'a str,
}

/// Returns the only operator that a message can mean.
pub(super) fn of_only_operator(text: &str, query: &Query, message: &str) -> Option<Span> {
    let operation = operation(message)?;
    let mut places = Vec::new();
    let _ = visit_expressions(query, |expr: &Expr| {
        let (left, right, written) = match expr {
            Expr::BinaryOp { left, op, right } if op.to_string() == operation.operator => {
                (left, right.as_ref(), operation.operator)
            }
            Expr::InList { expr, list, .. } if operation.operator == "=" && !list.is_empty() => {
                (expr, &list[0], "IN")
            }
            Expr::Between { expr, low, .. } if operation.operator == ">=" => {
                (expr, low.as_ref(), "BETWEEN")
            }
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right)
                if operation.operator == "=" =>
            {
                (left, right.as_ref(), "IS")
            }
            _ => return ControlFlow::<()>::Continue(()),
        };
        let is_meant = may_have_type(left, operation.left)
            && (written == "IN" || may_have_type(right, operation.right));
        if is_meant {
            places.push((left.span().end, right.span().start, written));
        }
        ControlFlow::Continue(())
    });
    let [(after, before, written)] = places.as_slice() else { return None };
    between(text, *after, *before, written)
}

fn operation(message: &str) -> Option<Operation<'_>> {
    let (_, operation) =
        message.strip_prefix("operator ").and_then(|rest| rest.split_once(": "))?;
    let is_sign = |word: &&str| {
        word.chars().all(|character| character.is_ascii_punctuation() && character != '"')
    };
    let operator = operation.split(' ').find(is_sign)?;
    let (left, right) = operation.split_once(&format!(" {operator} "))?;
    Some(Operation { left, operator, right })
}

/// Tells whether an expression can have a type: of literals it is known, of anything else not.
fn may_have_type(expr: &Expr, type_name: &str) -> bool {
    match expr {
        Expr::Nested(inner) => may_have_type(inner, type_name),
        Expr::Value(value) => match &value.value {
            Value::Number(..) => ["bigint", "double precision"].contains(&type_name),
            Value::SingleQuotedString(_) | Value::EscapedStringLiteral(_) | Value::Null => {
                ["unknown", "text"].contains(&type_name)
            }
            Value::Boolean(_) => type_name == "boolean",
            _ => true,
        },
        _ => type_name != "unknown",
    }
}

/// Finds an operator between the ends of its operands.
fn between(text: &str, after: Location, before: Location, operator: &str) -> Option<Span> {
    if after.line == 0 || before.line == 0 {
        return None;
    }
    let Span { start, end } = position::span(text, after, before);
    let gap = text.get(start..end)?;
    let place = start + gap.rfind(operator).or_else(|| gap.rfind(&operator.to_lowercase()))?;
    Some(Span { start: place, end: place + operator.len() })
}

/// Returns the relation of the only `relation.*` of this name.
pub(super) fn of_only_wildcard(text: &str, query: &Query, relation: &str) -> Option<Span> {
    let mut finder = Wildcards { relation, places: Vec::new() };
    let _ = query.visit(&mut finder);
    match finder.places.as_slice() {
        [span] if span.start.line > 0 => Some(position::span(text, span.start, span.end)),
        _ => None,
    }
}

struct Wildcards<'a> {
    relation: &'a str,
    places: Vec<datafusion::sql::sqlparser::tokenizer::Span>,
}

impl Visitor for Wildcards<'_> {
    type Break = ();

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for item in &select.projection {
            if let SelectItem::QualifiedWildcard(
                SelectItemQualifiedWildcardKind::ObjectName(name),
                _,
            ) = item
                && name
                    .0
                    .last()
                    .and_then(|part| part.as_ident())
                    .is_some_and(|name| name.value.eq_ignore_ascii_case(self.relation))
            {
                self.places.push(name.span());
            }
        }
        ControlFlow::Continue(())
    }
}

/// Returns the only call of a function in FROM of this name.
pub(super) fn of_only_relation_function(text: &str, query: &Query, name: &str) -> Option<Span> {
    struct Calls<'a>(&'a str, Vec<datafusion::sql::sqlparser::tokenizer::Span>);
    impl Visitor for Calls<'_> {
        type Break = ();
        fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
            if let TableFactor::Table { name, args: Some(_), .. }
            | TableFactor::Function { name, .. } = factor
                && name.to_string().eq_ignore_ascii_case(self.0)
            {
                self.1.push(name.span());
            }
            ControlFlow::Continue(())
        }
    }
    let mut calls = Calls(name, Vec::new());
    let _ = query.visit(&mut calls);
    match calls.1.as_slice() {
        [span] if span.start.line > 0 => Some(position::span(text, span.start, span.end)),
        _ => None,
    }
}

/// The conditions of a query, by the names that messages give them.
#[derive(Default)]
pub(super) struct Conditions {
    found: Vec<(&'static str, datafusion::sql::sqlparser::tokenizer::Span)>,
}

impl Conditions {
    pub(super) fn of(query: &Query) -> Self {
        let mut conditions = Self::default();
        let _ = query.visit(&mut conditions);
        conditions
    }

    /// Tells whether a clause has a condition and no other clause has.
    pub(super) fn are_all(&self, clause: &str) -> bool {
        let of_queries =
            || self.found.iter().filter(|(found, _)| !["CASE/WHEN", "FILTER"].contains(found));
        of_queries().next().is_some() && of_queries().all(|(found, _)| *found == clause)
    }

    /// Returns the place of the only condition of a clause.
    pub(super) fn only(&self, text: &str, clause: &str) -> Option<Span> {
        let mut places = self.found.iter().filter(|(found, _)| *found == clause);
        match (places.next(), places.next()) {
            (Some((_, span)), None) if span.start.line > 0 => {
                Some(position::span(text, span.start, span.end))
            }
            _ => None,
        }
    }
}

impl Visitor for Conditions {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Case { operand: None, conditions, .. } => {
                let conditions = conditions.iter().map(|branch| branch.condition.span());
                self.found.extend(conditions.map(|span| ("CASE/WHEN", span)));
            }
            Expr::Function(call) => {
                self.found.extend(call.filter.iter().map(|filter| ("FILTER", filter.span())));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        self.found.extend(select.selection.iter().map(|condition| ("WHERE", condition.span())));
        self.found.extend(select.having.iter().map(|condition| ("HAVING", condition.span())));
        for join in select.from.iter().flat_map(|from| &from.joins) {
            let (JoinOperator::Join(JoinConstraint::On(condition))
            | JoinOperator::Inner(JoinConstraint::On(condition))
            | JoinOperator::Left(JoinConstraint::On(condition))
            | JoinOperator::LeftOuter(JoinConstraint::On(condition))
            | JoinOperator::Right(JoinConstraint::On(condition))
            | JoinOperator::RightOuter(JoinConstraint::On(condition))
            | JoinOperator::FullOuter(JoinConstraint::On(condition))) = &join.join_operator
            else {
                continue;
            };
            self.found.push(("JOIN/ON", condition.span()));
        }
        ControlFlow::Continue(())
    }
}
