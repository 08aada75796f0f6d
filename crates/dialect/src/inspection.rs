//! What may not stand inside a query although it parses: writes, locks, files, and clauses that would be ignored.

use crate::{
    calls, clauses, from_names, open_literals, position, refusal, reserved_words, syntax_error,
};
use census_error::{Error, Result, Span, SqlState};
use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArguments, Ident, ObjectName, Query, Select, SetExpr, Spanned,
    TableFactor, UnaryOperator, Value, Visit, Visitor,
};
use std::ops::ControlFlow;

/// How many relations one statement may name; each is opened and planned.
pub const MAXIMUM_RELATIONS: usize = 200;

/// Refuses a query with a part that would write, read files, or not be obeyed.
pub(crate) fn check(text: &str, query: &Query, takes_parameters: bool) -> Result<()> {
    let mut inspector = Inspector { text, relations: 0, takes_parameters };
    match query.visit(&mut inspector) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Inspector<'a> {
    text: &'a str,
    relations: usize,
    /// Whether parameters may stand in it that have no value yet.
    takes_parameters: bool,
}

impl Inspector<'_> {
    fn refuse(&self, error: Error, part: &impl Spanned) -> ControlFlow<Box<Error>> {
        let span = part.span();
        ControlFlow::Break(Box::new(
            error.with_span(position::span(self.text, span.start, span.end)),
        ))
    }

    fn unsupported(&self, what: &str, part: &impl Spanned) -> ControlFlow<Box<Error>> {
        self.refuse(
            Error::new(SqlState::FeatureNotSupported, format!("{what} is not supported")),
            part,
        )
    }
}

impl Inspector<'_> {
    /// Refuses a clause that only a function may have.
    fn misplaced_clause(&self, name: &ObjectName) -> ControlFlow<Box<Error>> {
        let error = Error::new(SqlState::SyntaxError, "syntax error at or near \"ORDINALITY\"");
        self.refuse(error, name)
    }

    /// Refuses a keyword where a name is expected.
    fn misplaced(&self, word: &Ident) -> ControlFlow<Box<Error>> {
        let span = position::span(self.text, word.span.start, word.span.end);
        ControlFlow::Break(Box::new(syntax_error::near(self.text, span)))
    }
}

impl Visitor for Inspector<'_> {
    type Break = Box<Error>;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Self::Break> {
        let writes = match query.body.as_ref() {
            SetExpr::Insert(_) => Some("INSERT"),
            SetExpr::Update(_) => Some("UPDATE"),
            SetExpr::Delete(_) => Some("DELETE"),
            SetExpr::Merge(_) => Some("MERGE"),
            _ => None,
        };
        if let Some(command) = writes {
            return self.refuse(refusal::read_only(command), query);
        }
        if !query.locks.is_empty() {
            return self.refuse(refusal::read_only("SELECT FOR UPDATE"), query);
        }
        if query.for_clause.is_some() || query.settings.is_some() || query.format_clause.is_some() {
            return self.unsupported("a clause after the query", query);
        }
        if !query.pipe_operators.is_empty() {
            return self.unsupported("|>", query);
        }
        match clauses::query_fault(query) {
            Some(error) => ControlFlow::Break(Box::new(error)),
            None => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Self::Break> {
        if let Some(into) = &select.into {
            return self.refuse(refusal::read_only("SELECT INTO"), &into.name);
        }
        if let Some(name) = from_names::repeated(select) {
            let message = format!("table name \"{}\" specified more than once", name.value);
            let span = position::span(self.text, name.span.start, name.span.end);
            let error = Error::new(SqlState::DuplicateAlias, message).with_span(span);
            return ControlFlow::Break(Box::new(error));
        }
        if let Some(name) = from_names::outer_reference(select) {
            let message =
                format!("invalid reference to FROM-clause entry for table \"{}\"", name.value);
            let span = position::span(self.text, name.span.start, name.span.end);
            let error = Error::new(SqlState::InvalidColumnReference, message)
                .with_detail(
                    "The combining JOIN type must be INNER or LEFT for a LATERAL reference.",
                )
                .with_span(span);
            return ControlFlow::Break(Box::new(error));
        }
        if select.top.is_some() {
            return self.unsupported("TOP", select);
        }
        match clauses::select_fault(select) {
            Some(error) => ControlFlow::Break(Box::new(error)),
            None => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<Self::Break> {
        self.relations += 1;
        if self.relations > MAXIMUM_RELATIONS {
            let error =
                Error::new(SqlState::StatementTooComplex, "too many relations in one statement")
                    .with_detail(format!("at most {MAXIMUM_RELATIONS} are allowed"));
            return self.refuse(error, relation);
        }
        if let Some(first) = relation.0.first().and_then(|part| part.as_ident())
            && reserved_words::is_no_relation(first)
        {
            return self.misplaced(first);
        }
        match relation.0.iter().filter_map(|part| part.as_ident()).find(|name| is_text(name)) {
            Some(file) => {
                let error = Error::new(
                    SqlState::FeatureNotSupported,
                    "files and URLs cannot be read from SQL",
                )
                .with_hint("Datasets are written by \"census collect\" alone.");
                // The parser keeps no place of a text that it takes for a name.
                let written = format!("'{}'", file.value);
                match self.text.find(&written) {
                    Some(start) => {
                        let span = Span { start, end: start + written.len() };
                        ControlFlow::Break(Box::new(error.with_span(span)))
                    }
                    None => self.refuse(error, relation),
                }
            }
            None => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Self::Break> {
        let subquery = match expr {
            Expr::Subquery(query) => Some(query),
            Expr::Function(Function { args: FunctionArguments::Subquery(query), .. }) => {
                Some(query)
            }
            _ => None,
        };
        // The planner counts columns, but asks for the name of the first one before.
        if let Some(query) = subquery.filter(|query| has_no_column(&query.body)) {
            let message = "subquery must return only one column";
            return self.refuse(Error::new(SqlState::SyntaxError, message), query.as_ref());
        }
        match expr {
            Expr::Identifier(name) if reserved_words::is_reserved(name) => self.misplaced(name),
            Expr::CompoundIdentifier(names) if names.len() > 3 => {
                let written: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
                let written = written.join(".");
                let error = match names.len() {
                    4 => Error::new(
                        SqlState::FeatureNotSupported,
                        format!("cross-database references are not implemented: {written}"),
                    ),
                    _ => Error::new(
                        SqlState::SyntaxError,
                        format!("improper qualified name (too many dotted names): {written}"),
                    ),
                };
                self.refuse(error, expr)
            }
            Expr::Function(call) if call.null_treatment.is_some() => {
                let error = Error::new(SqlState::SyntaxError, "IGNORE NULLS is not supported");
                self.refuse(error, &call.name)
            }
            Expr::Function(call) if let Some(span) = calls::misplaced_end(self.text, call) => {
                ControlFlow::Break(Box::new(syntax_error::near(self.text, span)))
            }
            Expr::Function(call) => match calls::check(self.text, call) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => ControlFlow::Break(Box::new(error)),
            },
            // Numbers and intervals have a minus; a plus is of numbers alone.
            Expr::UnaryOp { op: UnaryOperator::Minus, expr: operand }
                if open_literals::is_open(operand) =>
            {
                let message = "operator is not unique: - unknown";
                let error = Error::new(SqlState::AmbiguousFunction, message).with_hint("Could not choose a best candidate operator. You might need to add explicit type casts.");
                self.refuse(error, expr)
            }
            Expr::Value(value) => match &value.value {
                Value::Number(digits, _)
                    if digits.replace('_', "").parse::<f64>().is_ok_and(f64::is_infinite) =>
                {
                    let message = format!("\"{digits}\" is out of range for type double precision");
                    self.refuse(Error::new(SqlState::NumericValueOutOfRange, message), value)
                }
                Value::HexStringLiteral(_) | Value::SingleQuotedByteStringLiteral(_) => {
                    self.unsupported("a literal of bits", value)
                }
                Value::Placeholder(name) if !self.takes_parameters => {
                    let message = format!("there is no parameter {name}");
                    self.refuse(Error::new(SqlState::UndefinedParameter, message), value)
                }
                _ => ControlFlow::Continue(()),
            },
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<Self::Break> {
        match factor {
            TableFactor::Table { version: Some(_), name, .. } => {
                self.unsupported("FOR SYSTEM_TIME AS OF", name)
            }
            TableFactor::Table { sample: Some(_), name, .. } => {
                self.unsupported("TABLESAMPLE", name)
            }
            TableFactor::Table { with_ordinality: true, args: None, name, .. } => {
                self.misplaced_clause(name)
            }
            TableFactor::Derived { alias: None, subquery, .. } => {
                let what = match subquery.body.as_ref() {
                    SetExpr::Values(_) => "VALUES",
                    _ => "subquery",
                };
                let message = format!("{what} in FROM must have an alias");
                let example = if what == "VALUES" { "(VALUES ...)" } else { "(SELECT ...)" };
                let error = Error::new(SqlState::SyntaxError, message)
                    .with_hint(format!("For example, FROM {example} [AS] foo."));
                self.refuse(error, subquery.as_ref())
            }
            _ => ControlFlow::Continue(()),
        }
    }
}

/// Tells whether a query is a `SELECT` of nothing.
fn has_no_column(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(select) => select.projection.is_empty(),
        SetExpr::Query(query) => has_no_column(&query.body),
        SetExpr::SetOperation { left, .. } => has_no_column(left),
        _ => false,
    }
}

/// Tells whether a relation is written as a text: `FROM 'rows.parquet'`.
fn is_text(name: &Ident) -> bool {
    name.quote_style == Some('\'')
}
