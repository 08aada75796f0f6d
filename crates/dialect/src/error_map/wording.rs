//! What DataFusion's planner says, in the words that PostgreSQL has for it.

use crate::functions;
use census_error::{Error, SqlState};

/// The operators that a planner's sentence may have between two types, the longer before their beginnings.
const OPERATORS: [&str; 22] = [
    " IS NOT DISTINCT FROM ",
    " IS DISTINCT FROM ",
    " != ",
    " <> ",
    " <= ",
    " >= ",
    " || ",
    " !~* ",
    " !~ ",
    " ~* ",
    " ~ ",
    " AND ",
    " OR ",
    " + ",
    " - ",
    " * ",
    " / ",
    " % ",
    " = ",
    " < ",
    " > ",
    " & ",
];

/// Parts of sentences in lower case, and what PostgreSQL says instead.
const KNOWN: &[(&str, SqlState, &str)] = &[
    (
        "different number of columns",
        SqlState::SyntaxError,
        "each UNION query must have the same number of columns",
    ),
    (
        "subquery should only return one column",
        SqlState::SyntaxError,
        "subquery must return only one column",
    ),
    ("too many columns", SqlState::SyntaxError, "subquery must return only one column"),
    (
        "aggregate functions are not allowed",
        SqlState::GroupingError,
        "aggregate functions are not allowed here",
    ),
    ("unexpected aggregate", SqlState::GroupingError, "aggregate functions are not allowed here"),
    (
        "position is not in select list",
        SqlState::InvalidColumnReference,
        "ORDER BY position is not in select list",
    ),
    (
        "order by column out of bounds",
        SqlState::InvalidColumnReference,
        "ORDER BY position is not in select list",
    ),
    ("limit must be >= 0", SqlState::InvalidRowCountInLimitClause, "LIMIT must not be negative"),
    (
        "offset must be >=0",
        SqlState::InvalidRowCountInResultOffsetClause,
        "OFFSET must not be negative",
    ),
    (
        "inconsistent data length across values list",
        SqlState::SyntaxError,
        "VALUES lists must all be the same length",
    ),
    (
        "expected limit to be",
        SqlState::InvalidTextRepresentation,
        "argument of LIMIT must be an integer",
    ),
    (
        "expected offset to be",
        SqlState::InvalidTextRepresentation,
        "argument of OFFSET must be an integer",
    ),
    (
        "order by expressions",
        SqlState::InvalidColumnReference,
        "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
    ),
];

/// Maps a planner's sentence.
pub(super) fn plan(message: &str) -> Error {
    if message.contains("GROUP BY clause")
        || message.contains("must be in GROUP BY or an aggregate function")
    {
        let error = match named(message) {
            Some(name) => format!(
                "column \"{name}\" must appear in the GROUP BY clause or be used in an aggregate function"
            ),
            None => {
                "a column must appear in the GROUP BY clause or be used in an aggregate function"
                    .to_owned()
            }
        };
        return Error::new(SqlState::GroupingError, error);
    }
    if let Some(error) = function_types(message).or_else(|| operator_types(message)) {
        return error;
    }
    let lower = message.to_lowercase();
    for &(part, sqlstate, sentence) in KNOWN {
        if lower.contains(part) {
            return Error::new(sqlstate, sentence);
        }
    }
    if let Some(error) = unary(message) {
        return error;
    }
    if lower.contains("boolean")
        && (lower.contains("filter") || lower.contains("predicate") || lower.contains("where"))
    {
        let found = message
            .rsplit_once(" returning ")
            .map_or_else(String::new, |(_, found)| format!(", not type {}", sql_type(found)));
        let sentence = format!("argument of WHERE must be type boolean{found}");
        return Error::new(SqlState::DatatypeMismatch, sentence);
    }
    if lower.contains("cannot automatically convert")
        || lower.contains("coerce")
        || lower.contains("incompatible")
    {
        return mismatch(message);
    }
    if let Some(table) = message.strip_prefix("Invalid qualifier ") {
        let table = table.trim_end_matches('.');
        let message = format!("missing FROM-clause entry for table \"{table}\"");
        return Error::new(SqlState::UndefinedTable, message);
    }
    let sentence = tidy(message);
    if has_internals(&sentence) {
        return Error::new(SqlState::DatatypeMismatch, "types do not match")
            .with_hint("An explicit type cast may be needed.")
            .with_source(sentence);
    }
    Error::new(SqlState::SyntaxError, sentence)
}

/// Maps what is said of an operator before an operand, of the condition of a join, and of `unnest`.
fn unary(message: &str) -> Option<Error> {
    if let Some((_, found)) = message.split_once("'NOT' requires a boolean expression, got ") {
        let message = format!("argument of NOT must be type boolean, not type {}", sql_type(found));
        return Some(Error::new(SqlState::DatatypeMismatch, message));
    }
    if let Some((_, found)) = message.split_once("oin condition must be boolean type, but got ") {
        let found = sql_type(found);
        let message = format!("argument of JOIN/ON must be type boolean, not type {found}");
        return Some(Error::new(SqlState::DatatypeMismatch, message));
    }
    if message.to_lowercase().starts_with("unnest() can only be applied") {
        return Some(
            Error::new(
                SqlState::UndefinedFunction,
                "function unnest(…) does not exist for what is no array",
            )
            .with_hint("There is unnest(anyarray) → setof anyelement."),
        );
    }
    let (_, rest) = message.split_once("nary operator '")?;
    let (operator, _) = rest.split_once("' only supports signed numeric")?;
    Some(
        Error::new(
            SqlState::UndefinedFunction,
            format!("operator {operator} does not exist for a value of this type"),
        )
        .with_hint("It takes numbers and intervals."),
    )
}

/// Maps a sentence about types that do not go together.
fn mismatch(message: &str) -> Error {
    if let Some((_, rest)) = message.split_once("Previous inputs were of type ")
        && let Some((left, rest)) = rest.split_once(", but got incompatible type ")
    {
        let right = rest.split(" on column").next().unwrap_or(rest);
        let message =
            format!("UNION types {} and {} cannot be matched", sql_type(left), sql_type(right));
        return Error::new(SqlState::DatatypeMismatch, message);
    }
    let sentence = tidy(message);
    if has_internals(&sentence) {
        return Error::new(SqlState::DatatypeMismatch, "types do not match")
            .with_hint("An explicit type cast may be needed.")
            .with_source(sentence);
    }
    Error::new(SqlState::DatatypeMismatch, sentence)
}

/// Maps what DataFusion cannot do; its sentences may hold whole plans, which say nothing to a reader.
pub(super) fn not_supported(message: &str) -> Error {
    if message.contains("OuterReferenceColumn") || message.contains("outer reference") {
        return Error::new(
            SqlState::FeatureNotSupported,
            "a subquery of this form cannot refer to the query around it",
        )
        .with_hint("A join with the relation that the subquery refers to says the same.");
    }
    let sentence = tidy(message);
    if has_internals(&sentence) {
        return Error::new(
            SqlState::FeatureNotSupported,
            "the statement is of a form that is not supported",
        );
    }
    Error::new(SqlState::FeatureNotSupported, sentence)
}

/// Tells whether a sentence shows how plans and types look inside.
pub(super) fn has_internals(sentence: &str) -> bool {
    [
        "Field {",
        "Column {",
        "Metadata {",
        "Map(",
        "Struct(",
        "FixedSizeBinary(",
        "Utf8",
        "Int64",
        "Float64",
        "Some(",
        "Expr",
        "DataFusion",
    ]
    .iter()
    .any(|part| sentence.contains(part))
}

/// Reads the function of `Invalid function 'x'.`
pub(super) fn unknown_function(message: &str) -> Option<&str> {
    message.strip_prefix("Invalid function '")?.split('\'').next()
}

/// Reads the column of `… column "t.x" must appear in the GROUP BY clause …`.
pub(super) fn named(message: &str) -> Option<String> {
    if !message.contains("GROUP BY") {
        return None;
    }
    let (_, rest) = message.split_once("column \"")?;
    let column = rest.split('"').next()?;
    column.rsplit('.').next().map(str::to_owned)
}

/// Reads the function of `function x(…) does not exist`.
pub(super) fn called(message: &str) -> Option<&str> {
    message.strip_prefix("function ")?.split(['(', ' ']).next()
}

/// Reads the clause of `argument of WHERE must be type boolean, …`.
pub(super) fn clause(message: &str) -> Option<&str> {
    message.strip_prefix("argument of ")?.split(" must be type boolean").next()
}

/// Reads what a message has in quotation marks.
pub(super) fn quoted(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once('"')?;
    rest.rsplit_once('"').map(|(quoted, _)| quoted)
}

/// Maps `No function matches the given name and argument types 'abs(Utf8)'. …`.
fn function_types(message: &str) -> Option<Error> {
    let call = if let Some((_, rest)) = message.split_once("argument types '") {
        rest.split('\'').next()?
    } else {
        return None;
    };
    let (name, types) = call.trim_end_matches(')').split_once('(')?;
    let types: Vec<String> = split_types(types).into_iter().map(sql_type).collect();
    let error = Error::new(
        SqlState::UndefinedFunction,
        format!("function {name}({}) does not exist", types.join(", ")),
    );
    let record = functions::all().iter().find(|record| record.name == name);
    Some(match record.filter(|record| !record.syntax.is_empty()) {
        Some(record) => error.with_hint(format!("There is {}.", record.syntax.replace('\n', ", "))),
        None => error.with_hint("No function matches the given name and argument types. An explicit type cast may be needed."),
    })
}

/// Maps `Cannot coerce arithmetic expression Utf8 + Int64 to valid types` and its like for comparisons.
fn operator_types(message: &str) -> Option<Error> {
    let operation = [
        "arithmetic expression ",
        "comparison operation ",
        "logical boolean operation ",
        "expression ",
    ]
    .iter()
    .find_map(|start| message.split_once(start).map(|(_, rest)| rest))?;
    let operation = operation.split(" to valid types").next()?.lines().next()?;
    let (left, operator, right) = OPERATORS.iter().find_map(|operator| {
        operation.split_once(operator).map(|(left, right)| (left, operator.trim(), right))
    })?;
    let operator = if operator == "!=" { "<>" } else { operator };
    Some(
        Error::new(
            SqlState::UndefinedFunction,
            format!("operator does not exist: {} {operator} {}", sql_type(left), sql_type(right)),
        )
        .with_hint("No operator matches the given name and argument types. An explicit type cast may be needed."),
    )
}

/// Cuts `Utf8, Map("k": Utf8, …)` at the commas outside parentheses.
fn split_types(types: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (index, character) in types.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&types[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&types[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Returns PostgreSQL's name of a type that Arrow prints.
pub(super) fn sql_type(arrow: &str) -> String {
    let arrow = arrow.trim().trim_end_matches('.');
    let name = match arrow.split(['(', ' ']).next().unwrap_or(arrow) {
        "Utf8" | "LargeUtf8" | "Utf8View" => "text",
        "Boolean" => "boolean",
        "Int8" | "Int16" => "smallint",
        "Int32" => "integer",
        "Int64" | "UInt64" => "bigint",
        "Float32" => "real",
        "Float64" => "double precision",
        "Timestamp" | "timestamp" => "timestamp",
        "Date32" => "date",
        "Interval" => "interval",
        "Null" => "unknown",
        "Map" => "hstore",
        "Struct" if arrow.contains("json") => "json",
        "Struct" => "record",
        "FixedSizeBinary" => "inet",
        "List" => "array",
        _ => return arrow.to_lowercase(),
    };
    name.to_owned()
}

/// Returns the first line of a sentence in lower case and without full stop.
pub(super) fn tidy(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let line = ["Error during planning: ", "Execution error: ", "execution error: "]
        .iter()
        .fold(line, |line, prefix| line.strip_prefix(prefix).unwrap_or(line));
    let mut characters = line.chars();
    match characters.next() {
        Some(first) if !line.chars().nth(1).is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => line.to_owned(),
    }
}
