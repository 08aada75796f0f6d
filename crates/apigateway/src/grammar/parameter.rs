//! Response parameters: a target header and the source of its value.
//!
//! Source: API Gateway V2 API reference, IntegrationResponse, `ResponseParameters`; forms that only REST APIs
//! document are read too and told apart by [`ParameterSource::is_documented`].

use super::json_path::JsonPath;
use crate::{GrammarError, GrammarFault};
use std::fmt;

/// `method.response.header.NAME`: the header that a mapping sets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ParameterTarget {
    /// The header's name; AWS compares names with their case (API Gateway Developer Guide, known issues).
    pub header: String,
}

/// The names that headers may have: `^[a-zA-Z0-9._$-]+$` (API Gateway Developer Guide, request and response data
/// mappings; the page prints a stray bracket at the end).
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "._$-".contains(c))
}

const TARGET: &str = "method.response.header.";

impl ParameterTarget {
    /// Reads a key of `ResponseParameters`.
    ///
    /// # Errors
    /// It is not `method.response.header.NAME`.
    pub fn parse(text: &str) -> Result<Self, GrammarError> {
        match text.strip_prefix(TARGET) {
            Some(name) if is_name(name) => Ok(Self { header: name.to_owned() }),
            Some(_) => Err(GrammarFault::NotAHeader { text: text.to_owned() }.at(TARGET.len())),
            None => Err(GrammarFault::NotAHeader { text: text.to_owned() }.at(0)),
        }
    }
}

impl fmt::Display for ParameterTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{TARGET}{}", self.header)
    }
}

/// Where the value of a mapped header comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterSource {
    /// `integration.response.header.NAME`: the last value of a header of the backend.
    Header(String),
    /// `integration.response.multivalueheader.NAME`: all its values, joined with commas.
    MultiValueHeader(String),
    /// `integration.response.body`: the whole payload.
    WholeBody,
    /// `integration.response.body.PATH`: what a JSON path finds in the payload.
    Body {
        /// The path as written, without `$`.
        text: String,
        /// The path.
        path: JsonPath,
    },
    /// `'value'`: itself.
    Static(String),
    /// `stageVariables.NAME`.
    StageVariable(String),
    /// `context.PATH`.
    Context {
        /// The path as written.
        text: String,
        /// The path.
        path: JsonPath,
    },
}

const HEADER: &str = "integration.response.header.";
const MULTI_VALUE_HEADER: &str = "integration.response.multivalueheader.";
const BODY: &str = "integration.response.body";
const STAGE_VARIABLE: &str = "stageVariables.";
const CONTEXT: &str = "context.";

/// Heads of expressions of other places: request mappings, HTTP APIs, selection expressions.
const FOREIGN: &[&str] = &[
    "integration.",
    "method.",
    "route.",
    "context",
    "stageVariables",
    "$",
    "overwrite:",
    "append:",
];

impl ParameterSource {
    /// Reads a value of `ResponseParameters`.
    ///
    /// # Errors
    /// It is in none of the known forms; a value that looks like a static one without quotes is
    /// [`GrammarFault::Unquoted`], a body path with `$` is [`GrammarFault::DollarInBody`].
    pub fn parse(text: &str) -> Result<Self, GrammarError> {
        if let Some(value) = quoted(text) {
            return Ok(Self::Static(value.to_owned()));
        }
        let unknown = || GrammarFault::NotASource { text: text.to_owned() };
        if let Some(name) = text.strip_prefix(HEADER) {
            return named(name, Self::Header).ok_or_else(|| unknown().at(HEADER.len()));
        }
        if let Some(name) = text.strip_prefix(MULTI_VALUE_HEADER) {
            let source = named(name, Self::MultiValueHeader);
            return source.ok_or_else(|| unknown().at(MULTI_VALUE_HEADER.len()));
        }
        if let Some(rest) = text.strip_prefix(BODY)
            && (rest.is_empty() || rest.starts_with(['.', '[']))
        {
            return body(text, rest);
        }
        if let Some(name) = text.strip_prefix(STAGE_VARIABLE) {
            return named(name, Self::StageVariable)
                .ok_or_else(|| unknown().at(STAGE_VARIABLE.len()));
        }
        if let Some(rest) = text.strip_prefix(CONTEXT) {
            let path = JsonPath::parse(rest).map_err(|_| unknown().at(CONTEXT.len()))?;
            return Ok(Self::Context { text: rest.to_owned(), path });
        }
        if text.is_empty() {
            return Err(GrammarFault::Empty { what: "the value" }.at(0));
        }
        if FOREIGN.iter().any(|head| text.starts_with(head)) {
            return Err(unknown().at(0));
        }
        Err(GrammarFault::Unquoted { text: text.to_owned() }.at(0))
    }

    /// Whether the V2 API reference lists the form for integration responses.
    #[must_use]
    pub fn is_documented(&self) -> bool {
        matches!(self, Self::Header(_) | Self::Body { .. } | Self::Static(_))
    }
}

/// Most characters that the value of a parameter may have: the service model names the shape
/// `StringWithLengthBetween1And512`.
pub(crate) const MAXIMUM_VALUE_CHARACTERS: usize = 512;

/// Why a response parameter is not legal: its key sets no header, its value is of no known form, or too long.
#[must_use]
pub fn response_parameter_fault(key: &str, value: &str) -> Option<GrammarError> {
    if let Err(error) = ParameterTarget::parse(key) {
        return Some(error);
    }
    let characters = value.chars().count();
    if characters > MAXIMUM_VALUE_CHARACTERS {
        return Some(GrammarFault::TooLong { characters }.at(0));
    }
    match ParameterSource::parse(value) {
        Ok(_) => None,
        // AWS reads what only this crate cannot.
        Err(error) if matches!(error.fault, GrammarFault::CannotSimulate { .. }) => None,
        Err(error) => Some(error),
    }
}

fn named(name: &str, form: fn(String) -> ParameterSource) -> Option<ParameterSource> {
    is_name(name).then(|| form(name.to_owned()))
}

/// The text between a leading and a trailing single quote.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('\'')?.strip_suffix('\'')
}

fn body(text: &str, rest: &str) -> Result<ParameterSource, GrammarError> {
    if rest.is_empty() {
        return Ok(ParameterSource::WholeBody);
    }
    let path = rest.strip_prefix('.').unwrap_or(rest);
    let start = text.len() - path.len();
    if path == "$" || path.starts_with("$.") || path.starts_with("$[") {
        return Err(GrammarFault::DollarInBody.at(start));
    }
    if path.is_empty() {
        return Err(GrammarFault::NotASource { text: text.to_owned() }.at(start));
    }
    let parsed = JsonPath::parse(path)
        .map_err(|error| GrammarError { position: start + error.position, ..error })?;
    Ok(ParameterSource::Body { text: rest.to_owned(), path: parsed })
}

impl fmt::Display for ParameterSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(formatter, "{HEADER}{name}"),
            Self::MultiValueHeader(name) => write!(formatter, "{MULTI_VALUE_HEADER}{name}"),
            Self::WholeBody => formatter.write_str(BODY),
            Self::Body { text, .. } => write!(formatter, "{BODY}{text}"),
            Self::Static(value) => write!(formatter, "'{value}'"),
            Self::StageVariable(name) => write!(formatter, "{STAGE_VARIABLE}{name}"),
            Self::Context { text, .. } => write!(formatter, "{CONTEXT}{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_prints_back() {
        for text in [
            "integration.response.header.x-app-id",
            "integration.response.multivalueheader.item",
            "integration.response.body",
            "integration.response.body.a.b[0]",
            "integration.response.body['a b']",
            "'static'",
            "'it's'",
            "''",
            "stageVariables.name",
            "context.identity.sourceIp",
        ] {
            assert_eq!(ParameterSource::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn lone_quote_is_no_static_value() {
        let error = ParameterSource::parse("'").unwrap_err();
        assert_eq!(error.fault, GrammarFault::Unquoted { text: "'".into() });
    }

    #[test]
    fn error_tells_its_position() {
        let error = ParameterSource::parse("integration.response.body.a[").unwrap_err();
        insta::assert_snapshot!(error, @r#""[" is never closed at position 27"#);
    }

    #[test]
    fn name_that_starts_as_body_is_no_body() {
        assert!(ParameterSource::parse("integration.response.bodyx").is_err());
    }
}
