//! `pg_catalog.lower(x)` and `OPERATOR(pg_catalog.+)`: functions and operators are known without their schema, which may
//! stand before them.

use crate::position;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, ObjectName, Query, Spanned, TableFactor, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use std::ops::ControlFlow;

/// The schemas in which PostgreSQL has the functions and types that DDSQL has; `public` is that of its hstore module.
pub(crate) const OF_FUNCTIONS: [&str; 2] = ["pg_catalog", "public"];

/// The schemas that hold no functions.
const OF_RELATIONS: [&str; 4] = ["aws", "census", "information_schema", "pg_temp"];

/// Takes the schema away from the names of functions and operators.
///
/// # Errors
/// 3F000 for a schema that does not exist, 42883 for one that has no functions.
pub(crate) fn resolve(text: &str, query: &mut Query) -> Result<()> {
    match VisitMut::visit(query, &mut Resolver { text }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Resolver<'a> {
    text: &'a str,
}

impl VisitorMut for Resolver<'_> {
    type Break = Box<Error>;

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        match expr {
            Expr::Function(call) => self.resolve(&mut call.name),
            Expr::BinaryOp { op, .. }
            | Expr::AnyOp { compare_op: op, .. }
            | Expr::AllOp { compare_op: op, .. } => resolve_operator(op),
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<Self::Break> {
        match factor {
            TableFactor::Table { name, args: Some(_), .. } | TableFactor::Function { name, .. } => {
                self.resolve(name)
            }
            _ => ControlFlow::Continue(()),
        }
    }
}

/// Turns `OPERATOR(pg_catalog.+)` into the operator.
fn resolve_operator(op: &mut BinaryOperator) -> ControlFlow<Box<Error>> {
    let BinaryOperator::PGCustomBinaryOperator(names) = op else {
        return ControlFlow::Continue(());
    };
    if let [schema, _] = names.as_slice()
        && !OF_FUNCTIONS.contains(&schema.as_str())
    {
        let message = format!("schema \"{schema}\" does not exist");
        return ControlFlow::Break(Box::new(Error::new(SqlState::InvalidSchemaName, message)));
    }
    if let Some(operator) = names.last().and_then(|name| operator(name)) {
        *op = operator;
    }
    ControlFlow::Continue(())
}

/// Returns the operator of a name: what `OPERATOR(pg_catalog.+)` calls.
fn operator(name: &str) -> Option<BinaryOperator> {
    let parsed = Parser::new(&PostgreSqlDialect {})
        .try_with_sql(&format!("a {name} b"))
        .and_then(|mut parser| parser.parse_expr());
    match parsed {
        Ok(Expr::BinaryOp { op, .. }) => Some(op),
        _ => None,
    }
}

impl Resolver<'_> {
    fn resolve(&self, name: &mut ObjectName) -> ControlFlow<Box<Error>> {
        let parts: Vec<_> = name.0.iter().filter_map(|part| part.as_ident()).collect();
        let [schema, function] = parts.as_slice() else { return ControlFlow::Continue(()) };
        let schema_name = match schema.quote_style {
            Some(_) => schema.value.clone(),
            None => schema.value.to_lowercase(),
        };
        if OF_FUNCTIONS.contains(&schema_name.as_str()) {
            *name = ObjectName::from(vec![(*function).clone()]);
            return ControlFlow::Continue(());
        }
        // The vendor's functions are refused for what they are where they are planned.
        if schema_name == "dd" {
            return ControlFlow::Continue(());
        }
        let error = if OF_RELATIONS.contains(&schema_name.as_str()) {
            let message = format!("function {schema_name}.{} does not exist", function.value);
            Error::new(SqlState::UndefinedFunction, message)
                .with_hint("Functions are called without a schema.")
        } else {
            let message = format!("schema \"{schema_name}\" does not exist");
            Error::new(SqlState::InvalidSchemaName, message)
        };
        let span = name.span();
        ControlFlow::Break(Box::new(
            error.with_span(position::span(self.text, span.start, span.end)),
        ))
    }
}
