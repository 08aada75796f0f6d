//! DataFusion's errors in PostgreSQL's words, with SQLSTATE, place and hint.

mod operator_place;
mod place;
mod values;
mod wording;

use crate::error::perhaps;
use crate::output_names;
use crate::position;
use crate::tag_references::TagReference;
use census_error::{Error, Span, SqlState};
use datafusion::arrow::error::ArrowError;
use datafusion::common::{Column, SchemaError, TableReference};
use datafusion::error::DataFusionError;
use datafusion::sql::sqlparser::ast::Query;

/// What is known about the statement whose error is mapped.
#[derive(Debug, Clone, Default)]
pub struct ErrorContext {
    text: String,
    query: Option<Box<Query>>,
    tags: Vec<String>,
    functions: Vec<String>,
}

impl ErrorContext {
    /// Takes the statement as it was written; places in errors are offsets into it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Adds the parsed query, in which the places of names are found.
    #[must_use]
    pub fn with_query(mut self, query: &Query) -> Self {
        self.query = Some(Box::new(query.clone()));
        self
    }

    /// Adds the tag keys of the datasets in scope, which hints offer for unknown columns.
    #[must_use]
    pub fn with_tags(mut self, tags: Vec<String>) -> Self {
        self.tags = tags;
        self
    }

    /// Adds tag keys that were seen in rows.
    pub fn add_tags(&mut self, tags: impl IntoIterator<Item = String>) {
        self.tags.extend(tags);
        self.tags.sort();
        self.tags.dedup();
    }

    /// Returns the error for an explicit tag reference that no row has (42703).
    #[must_use]
    pub fn unknown_tag(&self, reference: &TagReference) -> Error {
        let message = format!("tag \"{}\" does not exist", reference.key);
        let error = Error::new(SqlState::UndefinedColumn, message).with_span(position::span(
            &self.text,
            reference.span.start,
            reference.span.end,
        ));
        match census_directory::nearest(&reference.key, self.tags.iter().map(String::as_str)) {
            Some(nearest) => error.with_hint(format!("Perhaps the tag \"{nearest}\".")),
            None => error,
        }
    }

    /// Returns the error for a tag that several relations may have (42702).
    #[must_use]
    pub fn ambiguous_tag(&self, reference: &TagReference) -> Error {
        let sign = if reference.is_explicit { "#" } else { "" };
        let message = format!("column reference \"{sign}{}\" is ambiguous", reference.key);
        Error::new(SqlState::AmbiguousColumn, message)
            .with_span(position::span(&self.text, reference.span.start, reference.span.end))
            .with_hint("A table name before it decides.")
    }

    /// Adds the names of all functions, which hints offer for unknown ones.
    #[must_use]
    pub fn with_functions(mut self, functions: Vec<String>) -> Self {
        self.functions = functions;
        self
    }

    /// Returns DataFusion's error as one of Census.
    #[must_use]
    pub fn map(&self, error: DataFusionError) -> Error {
        let error = self.mapped(error);
        match error.span() {
            // What the planner has the place of is an operand.
            Some(_) if !error.message().starts_with("operator ") => error,
            _ => self.at_what_is_quoted(error),
        }
    }

    fn mapped(&self, error: DataFusionError) -> Error {
        match error {
            DataFusionError::Context(_, inner) => self.map(*inner),
            DataFusionError::Diagnostic(diagnostic, inner) => {
                let error = self.map(*inner);
                match diagnostic.span {
                    Some(span) if error.span().is_none() => error.with_span(self.span(span)),
                    _ => error,
                }
            }
            DataFusionError::Shared(shared) => self.map_shared(&shared),
            DataFusionError::Collection(errors) => match errors.into_iter().next() {
                Some(first) => self.map(first),
                None => Error::internal("an empty collection of errors"),
            },
            DataFusionError::External(inner) => self.map_external(inner),
            DataFusionError::SchemaError(inner, _) => self.map_schema(*inner),
            DataFusionError::ArrowError(inner, _) => self.map_arrow(*inner),
            DataFusionError::Plan(message) => self.map_plan(&message),
            DataFusionError::NotImplemented(message) => wording::not_supported(&message),
            DataFusionError::ResourcesExhausted(message) => {
                Error::new(SqlState::OutOfMemory, "out of memory")
                    .with_detail(wording::tidy(&message))
                    .with_hint("A filter, a LIMIT or fewer columns make the query smaller.")
            }
            DataFusionError::Execution(message) => values::execution(&message),
            DataFusionError::SQL(inner, _) => {
                crate::syntax_error::of_parser(&self.text, &[], &inner)
            }
            DataFusionError::ParquetError(inner) => unreadable(*inner),
            DataFusionError::ObjectStore(inner) => unreadable(*inner),
            DataFusionError::IoError(inner) => unreadable(inner),
            DataFusionError::ExecutionJoin(inner) if inner.is_cancelled() => {
                Error::new(SqlState::QueryCanceled, "canceling statement due to user request")
            }
            DataFusionError::Internal(message) if message.contains("Cannot cast") => {
                values::execution(&message)
            }
            DataFusionError::Internal(message) => values::internal(&message),
            other => Error::internal(other),
        }
    }

    /// Maps an error that several tasks share, which therefore cannot be taken apart.
    fn map_shared(&self, error: &DataFusionError) -> Error {
        match error.find_root() {
            DataFusionError::External(inner) => match inner.downcast_ref::<Error>() {
                Some(error) => copy(error),
                None => Error::internal(inner.to_string()),
            },
            DataFusionError::ArrowError(inner, _) => match inner.as_ref() {
                ArrowError::ParquetError(_) | ArrowError::IoError(..) => {
                    unreadable(inner.to_string())
                }
                inner => values::arrow(inner),
            },
            damaged @ (DataFusionError::ParquetError(_)
            | DataFusionError::ObjectStore(_)
            | DataFusionError::IoError(_)) => unreadable(damaged.to_string()),
            DataFusionError::Execution(message) => values::execution(message),
            DataFusionError::ResourcesExhausted(message) => {
                self.map(DataFusionError::ResourcesExhausted(message.clone()))
            }
            other => Error::internal(other.to_string()),
        }
    }

    fn map_external(&self, error: Box<dyn std::error::Error + Send + Sync>) -> Error {
        match error.downcast::<Error>() {
            Ok(error) => *error,
            Err(other) => match other.downcast::<DataFusionError>() {
                Ok(inner) => self.map(*inner),
                Err(other) => values::foreign(other),
            },
        }
    }

    fn map_arrow(&self, error: ArrowError) -> Error {
        match error {
            ArrowError::ExternalError(inner) => self.map_external(inner),
            // A damaged file of the store, however its reader came upon it.
            damaged @ (ArrowError::ParquetError(_) | ArrowError::IoError(..)) => {
                unreadable(damaged)
            }
            other => values::arrow(&other),
        }
    }

    fn map_schema(&self, error: SchemaError) -> Error {
        match error {
            SchemaError::FieldNotFound { field, valid_fields } => {
                self.unknown_column(&field, &valid_fields)
            }
            SchemaError::AmbiguousReference { field } => {
                let message = format!("column reference \"{}\" is ambiguous", field.name);
                self.at_name(Error::new(SqlState::AmbiguousColumn, message), &field.name)
                    .with_hint("A table name before it decides.")
            }
            SchemaError::DuplicateQualifiedField { name, qualifier } => {
                let message =
                    format!("table name \"{}\" specified more than once", qualifier.table());
                self.at_name(Error::new(SqlState::DuplicateAlias, message), &name)
            }
            SchemaError::DuplicateUnqualifiedField { name } => {
                let message = format!("column \"{name}\" specified more than once");
                self.at_name(Error::new(SqlState::DuplicateColumn, message), &name)
            }
        }
    }

    fn unknown_column(&self, field: &Column, valid_fields: &[Column]) -> Error {
        let is_repeated = |valid: &Column| {
            valid.name != field.name
                && valid.name != output_names::hidden(&field.name)
                && output_names::plain(&valid.name) == field.name
                && (field.relation.is_none() || field.relation == valid.relation)
        };
        if valid_fields.iter().any(is_repeated) {
            let field = Box::new(field.clone());
            return self.map_schema(SchemaError::AmbiguousReference { field });
        }
        let qualifier = field.relation.as_ref().map(|relation| relation.table().to_owned());
        let error = match &qualifier {
            Some(table)
                if !valid_fields.iter().any(|valid| {
                    valid.relation.as_ref().is_some_and(|relation| relation.table() == table)
                }) =>
            {
                let message = format!("missing FROM-clause entry for table \"{table}\"");
                return self.at_name(Error::new(SqlState::UndefinedTable, message), &field.name);
            }
            Some(table) => Error::new(
                SqlState::UndefinedColumn,
                format!("column {table}.{} does not exist", field.name),
            ),
            None => Error::new(
                SqlState::UndefinedColumn,
                format!("column \"{}\" does not exist", field.name),
            ),
        };
        let error = self.at_name(error, &field.name);
        if self.tags.contains(&field.name) {
            let name = &field.name;
            let has_tags = valid_fields.iter().any(|valid| valid.name == "tags");
            return error.with_hint(if has_tags {
                format!("\"{name}\" is a tag: tags->'{name}'.")
            } else {
                format!("\"{name}\" is a tag, and \"tags\" is not in scope here.")
            });
        }
        let columns = valid_fields
            .iter()
            .filter(|valid| {
                qualifier.is_none()
                    || valid.relation.as_ref().map(TableReference::table) == qualifier.as_deref()
            })
            .map(|valid| valid.name.as_str());
        if let Some(nearest) = census_directory::nearest(&field.name, columns) {
            return error.with_hint(format!("Perhaps the column \"{nearest}\"."));
        }
        match census_directory::nearest(&field.name, self.tags.iter().map(String::as_str)) {
            Some(nearest) => error.with_hint(format!("Perhaps the tag \"{nearest}\".")),
            None => error,
        }
    }

    fn map_plan(&self, message: &str) -> Error {
        if let Some(name) = wording::unknown_function(message) {
            let error =
                Error::new(SqlState::UndefinedFunction, format!("function {name} does not exist"));
            let nearest =
                census_directory::nearest(name, self.functions.iter().map(String::as_str));
            return self.at_name(perhaps(error, nearest), name);
        }
        let mut error = wording::plan(message);
        if let Some(found) = error.message().strip_prefix("argument of WHERE must be ")
            && let Some(query) = self.query.as_deref()
            && operator_place::Conditions::of(query).are_all("HAVING")
        {
            let message = format!("argument of HAVING must be {found}");
            error = Error::new(SqlState::DatatypeMismatch, message);
        }
        match wording::named(message) {
            Some(name) => self.at_name(error, &name),
            None => error,
        }
    }

    /// Adds the place of the function, type or literal that the message names, if it stands there once.
    fn at_what_is_quoted(&self, error: Error) -> Error {
        let Some(query) = self.query.as_deref() else {
            return error;
        };
        let text = self.text.as_str();
        let message = error.message();
        let found = match error.sqlstate() {
            SqlState::UndefinedFunction | SqlState::AmbiguousFunction
                if message.starts_with("operator ") =>
            {
                operator_place::of_only_operator(text, query, message)
            }
            SqlState::UndefinedFunction => wording::called(message).and_then(|name| {
                place::of_only_call(text, query, name)
                    .or_else(|| operator_place::of_only_relation_function(text, query, name))
            }),
            SqlState::InvalidTextRepresentation
            | SqlState::InvalidDatetimeFormat
            | SqlState::DatetimeFieldOverflow
            | SqlState::NumericValueOutOfRange => match wording::quoted(message) {
                Some(literal) => place::of_only_literal(text, query, literal),
                None if error.sqlstate() == SqlState::InvalidTextRepresentation => {
                    place::of_only_text(text, query)
                }
                None => None,
            },
            SqlState::UndefinedTable => wording::quoted(message)
                .and_then(|name| operator_place::of_only_wildcard(text, query, name)),
            SqlState::DatatypeMismatch | SqlState::CannotCoerce => {
                match message.split(' ').next() {
                    Some(construct @ ("COALESCE" | "GREATEST" | "LEAST" | "NULLIF")) => {
                        place::of_only_call(text, query, construct)
                    }
                    Some("CASE" | "CASE/WHEN") => place::of_only_case(text, query),
                    _ => wording::clause(message).and_then(|clause| {
                        operator_place::Conditions::of(query).only(text, clause)
                    }),
                }
            }
            SqlState::UndefinedObject => {
                wording::quoted(message).and_then(|name| place::of_only_type(text, query, name))
            }
            _ => None,
        };
        match found {
            Some(span) => error.with_span(span),
            None => error,
        }
    }

    /// Adds the place where a name stands first in the statement, if it is found.
    fn at_name(&self, error: Error, name: &str) -> Error {
        match self.query.as_deref().and_then(|query| place::of_name(&self.text, query, name)) {
            Some(span) => error.with_span(span),
            None => error,
        }
    }

    fn span(&self, span: datafusion::common::Span) -> Span {
        let start = position::offset(&self.text, span.start.line, span.start.column);
        let end = position::offset(&self.text, span.end.line, span.end.column);
        Span { start, end: end.max(start) }
    }
}

fn unreadable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(SqlState::IoError, "could not read the store").with_source(source)
}

/// Returns an error with the same words; the source stays where it is.
fn copy(error: &Error) -> Error {
    let mut copied = Error::new(error.sqlstate(), error.message());
    if let Some(detail) = error.detail() {
        copied = copied.with_detail(detail);
    }
    if let Some(hint) = error.hint() {
        copied = copied.with_hint(hint);
    }
    if let Some(span) = error.span() {
        copied = copied.with_span(span);
    }
    for (name, value) in error.context() {
        copied = copied.with_context(name, value.clone());
    }
    copied
}
