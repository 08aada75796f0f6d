//! The options of EXPLAIN.

use crate::position;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{Expr, Spanned, UtilityOption, Value};

/// The options that are on or off and change nothing here.
const WITHOUT_EFFECT: [&str; 6] = ["buffers", "costs", "settings", "summary", "timing", "wal"];

/// What is asked for.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct ExplainOptions {
    pub(crate) analyze: bool,
    pub(crate) verbose: bool,
}

/// Reads the options in parentheses.
///
/// # Errors
/// 42601 for an option that does not exist or takes another value, 22023 for one that needs ANALYZE, 0A000 for
/// another format than text.
pub(crate) fn read(text: &str, options: &[UtilityOption]) -> Result<ExplainOptions> {
    let mut read = ExplainOptions::default();
    let mut need_analyze = None;
    for option in options {
        let name = option.name.value.to_lowercase();
        let span = position::span(text, option.name.span.start, option.name.span.end);
        match name.as_str() {
            "analyze" => read.analyze = is_on(text, &name, option.arg.as_ref())?,
            "verbose" => read.verbose = is_on(text, &name, option.arg.as_ref())?,
            "format" => format(text, option.arg.as_ref())?,
            name if WITHOUT_EFFECT.contains(&name) => {
                let is_on = is_on(text, name, option.arg.as_ref())?;
                if is_on && ["timing", "wal"].contains(&name) {
                    need_analyze = Some((name.to_uppercase(), span));
                }
            }
            name => {
                let message = format!("unrecognized EXPLAIN option \"{name}\"");
                return Err(Error::new(SqlState::SyntaxError, message)
                    .with_hint("There are ANALYZE and VERBOSE.")
                    .with_span(span));
            }
        }
    }
    match need_analyze {
        Some((name, span)) if !read.analyze => {
            let message = format!("EXPLAIN option {name} requires ANALYZE");
            Err(Error::new(SqlState::InvalidParameterValue, message).with_span(span))
        }
        _ => Ok(read),
    }
}

fn is_on(text: &str, name: &str, argument: Option<&Expr>) -> Result<bool> {
    let Some(argument) = argument else { return Ok(true) };
    match word(argument).as_str() {
        "true" | "on" | "1" => Ok(true),
        "false" | "off" | "0" => Ok(false),
        _ => {
            let span = argument.span();
            let error =
                Error::new(SqlState::SyntaxError, format!("{name} requires a Boolean value"));
            Err(error.with_span(position::span(text, span.start, span.end)))
        }
    }
}

fn format(text: &str, argument: Option<&Expr>) -> Result<()> {
    let Some(argument) = argument else {
        return Err(Error::new(SqlState::SyntaxError, "format requires a parameter"));
    };
    let span = argument.span();
    let error = match word(argument).as_str() {
        "text" => return Ok(()),
        name @ ("xml" | "json" | "yaml") => {
            let message = format!("EXPLAIN in format {name} is not supported");
            Error::new(SqlState::FeatureNotSupported, message)
        }
        name => {
            let message = format!("unrecognized value for EXPLAIN option \"format\": \"{name}\"");
            Error::new(SqlState::InvalidParameterValue, message)
        }
    };
    Err(error.with_span(position::span(text, span.start, span.end)))
}

fn word(argument: &Expr) -> String {
    let text = match argument {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => text.clone(),
            other => other.to_string(),
        },
        other => other.to_string(),
    };
    text.to_lowercase()
}
