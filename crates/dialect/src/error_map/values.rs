//! Errors about values: what Arrow and running operators say.

use super::wording;
use census_error::{Error, SqlState};
use datafusion::arrow::error::ArrowError;

/// Maps an error of an Arrow kernel.
pub(super) fn arrow(error: &ArrowError) -> Error {
    match error {
        ArrowError::DivideByZero => Error::new(SqlState::DivisionByZero, "division by zero"),
        ArrowError::ArithmeticOverflow(message) => overflow(message),
        ArrowError::CastError(message)
        | ArrowError::ParseError(message)
        | ArrowError::InvalidArgumentError(message)
        | ArrowError::ComputeError(message) => execution(message),
        ArrowError::MemoryError(message) => {
            Error::new(SqlState::OutOfMemory, "out of memory").with_detail(message.clone())
        }
        ArrowError::IoError(message, _) => {
            Error::new(SqlState::IoError, "could not read the store").with_detail(message.clone())
        }
        other => Error::internal(other.to_string()),
    }
}

/// Maps what an operator says while it runs.
pub(super) fn execution(message: &str) -> Error {
    let lower = message.to_lowercase();
    if let Some(error) = invalid_text(message) {
        return error;
    }
    if lower.contains("divide by zero") || lower.contains("division by zero") {
        return Error::new(SqlState::DivisionByZero, "division by zero");
    }
    if lower.contains("overflow")
        || lower.contains("out of range")
        || lower.contains("can't cast value")
    {
        return overflow(message);
    }
    if lower.contains("more than one row") {
        return Error::new(
            SqlState::CardinalityViolation,
            "more than one row returned by a subquery used as an expression",
        );
    }
    if lower.contains("regular expression") || lower.contains("regex") {
        return Error::new(SqlState::InvalidRegularExpression, "invalid regular expression")
            .with_detail(wording::tidy(message));
    }
    Error::new(SqlState::InvalidParameterValue, wording::tidy(message))
}

/// Maps an error of a library that kernels call.
pub(super) fn foreign(error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    let sentence = error.to_string();
    if sentence.starts_with("regex parse error") {
        // The lines between draw the place; the last one says what is wrong.
        let fault = sentence.lines().last().unwrap_or_default().trim_start_matches("error: ");
        let message = format!("invalid regular expression: {}", wording::tidy(fault));
        return Error::new(SqlState::InvalidRegularExpression, message);
    }
    Error::internal(error)
}

/// Maps what DataFusion takes for a defect of its own; some of it is only a type that it has no code for.
pub(super) fn internal(message: &str) -> Error {
    let sentence = message.split("\nThis issue was likely").next().unwrap_or(message);
    if let Some(rest) = sentence.strip_prefix("Min/Max accumulator not implemented for type ") {
        let message = format!("function min or max({}) does not exist", wording::sql_type(rest));
        return Error::new(SqlState::UndefinedFunction, message);
    }
    if let Some(rest) = sentence.strip_prefix("Cannot run range queries on datatype: ") {
        let message = format!(
            "RANGE with offset PRECEDING/FOLLOWING is not supported for column type {}",
            wording::sql_type(rest)
        );
        return Error::new(SqlState::FeatureNotSupported, message);
    }
    Error::internal(sentence.to_owned())
}

/// Reads `Cannot cast string 'x' to value of Int64 type` and `Error parsing timestamp from 'x': …`.
fn invalid_text(message: &str) -> Option<Error> {
    if let Some((_, rest)) = message.split_once("Cannot cast string '") {
        let (text, rest) = rest.rsplit_once("' to value of ")?;
        let type_name = wording::sql_type(rest.split(" type").next().unwrap_or(rest));
        return Some(Error::new(
            SqlState::InvalidTextRepresentation,
            format!("invalid input syntax for type {type_name}: \"{text}\""),
        ));
    }
    if let Some((_, rest)) = message.split_once("Error parsing timestamp from '") {
        let text = rest.rsplit_once("': ").map_or(rest, |(text, _)| text);
        return Some(Error::new(
            SqlState::InvalidDatetimeFormat,
            format!("invalid input syntax for type timestamp: \"{text}\""),
        ));
    }
    if message.contains("Invalid timezone offset")
        || message.contains("Cannot parse") && message.contains("interval")
    {
        return Some(Error::new(SqlState::InvalidDatetimeFormat, wording::tidy(message)));
    }
    None
}

fn overflow(message: &str) -> Error {
    let type_name = if message.contains("Int32") { "integer" } else { "bigint" };
    Error::new(SqlState::NumericValueOutOfRange, format!("{type_name} out of range"))
}
