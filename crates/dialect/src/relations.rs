//! The relations that a query names outside its own WITH, with their places.

use crate::position;
use census_error::{Result, Span};
use datafusion::common::TableReference;
use datafusion::sql::parser::Statement as PlannedStatement;
use datafusion::sql::planner::object_name_to_table_reference;
use datafusion::sql::resolve::resolve_table_references;
use datafusion::sql::sqlparser::ast::{
    self, ObjectName, Query, Spanned, TableFactor, Visit, Visitor,
};
use std::ops::ControlFlow;

/// A relation as a query names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name, unquoted parts in lower case.
    pub reference: TableReference,
    /// Where it stands first.
    pub span: Option<Span>,
}

/// Returns the relations that must be opened before a query is planned, each once.
///
/// # Errors
/// 42601 for a name that is none.
pub fn relations(text: &str, query: &Query) -> Result<Vec<Relation>> {
    let statement =
        PlannedStatement::Statement(Box::new(ast::Statement::Query(Box::new(query.clone()))));
    let (references, _) = resolve_table_references(&statement, true)
        .map_err(|error| crate::error_map::ErrorContext::new(text).map(error))?;
    let mut functions = TableFunctions::default();
    let _ = query.visit(&mut functions);
    let mut places: Vec<(TableReference, Span)> = Vec::new();
    let _ = ast::visit_relations(query, |name: &ObjectName| {
        if let Ok(reference) = object_name_to_table_reference(name.clone(), true) {
            let span = name.span();
            places.push((reference, position::span(text, span.start, span.end)));
        }
        ControlFlow::<()>::Continue(())
    });
    Ok(references
        .into_iter()
        .filter(|reference| !functions.names.contains(reference))
        .map(|reference| {
            let span = places.iter().find(|(place, _)| *place == reference).map(|(_, span)| *span);
            Relation { reference, span }
        })
        .collect())
}

/// The functions in FROM, which the parser keeps among the relations.
#[derive(Default)]
struct TableFunctions {
    names: Vec<TableReference>,
}

impl Visitor for TableFunctions {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, args: Some(_), .. } = factor {
            self.names.extend(object_name_to_table_reference(name.clone(), true));
        }
        ControlFlow::Continue(())
    }
}
