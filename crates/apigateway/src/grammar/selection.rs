//! Selection expressions: text with variables, evaluated once.
//!
//! Source: API Gateway Developer Guide, "WebSocket selection expressions" and "Working with routes for WebSocket
//! APIs". Where those are silent (a lone `$`, how objects print) the rule is assumed.

use super::json_path::JsonPath;
use crate::{GrammarError, GrammarFault};
use std::fmt;

/// A selection expression, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectionExpression {
    /// Text and variables in turn.
    pub parts: Vec<Part>,
}

/// A piece of a selection expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Text that stands for itself, without its escapes.
    Text(String),
    /// A variable.
    Variable(Variable),
}

/// A variable of a selection expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// The variable as written, without `$` and braces.
    pub text: String,
    /// Whether it stands in braces.
    pub is_braced: bool,
    /// What it names.
    pub kind: VariableKind,
}

/// What a variable names.
#[derive(Debug, Clone, PartialEq)]
pub enum VariableKind {
    /// `request.body.PATH`: of the message that the client sent.
    RequestBody(JsonPath),
    /// `integration.response.statuscode`; older samples print `response.statuscode`.
    StatusCode,
    /// `integration.response.header.NAME`.
    Header(String),
    /// `integration.response.multivalueheader.NAME`.
    MultiValueHeader(String),
    /// `integration.response.body.PATH`: legal in the read-only expression that selects a response.
    ResponseBody(JsonPath),
    /// Anything else; it has no value.
    Other,
}

impl VariableKind {
    fn of(text: &str) -> Self {
        let path = |rest: &str| JsonPath::parse(rest).ok();
        let body = |head: &str| {
            let rest = text.strip_prefix(head)?;
            match rest.strip_prefix('.') {
                Some(inner) if !inner.is_empty() => path(inner),
                _ if rest.is_empty() || rest.starts_with('[') => path(rest),
                _ => None,
            }
        };
        if matches!(text, "integration.response.statuscode" | "response.statuscode") {
            return Self::StatusCode;
        }
        let named = |head: &str| text.strip_prefix(head).filter(|name| !name.is_empty());
        if let Some(name) = named("integration.response.header.") {
            return Self::Header(name.to_owned());
        }
        if let Some(name) = named("integration.response.multivalueheader.") {
            return Self::MultiValueHeader(name.to_owned());
        }
        if let Some(path) = body("request.body") {
            return Self::RequestBody(path);
        }
        body("integration.response.body").map_or(Self::Other, Self::ResponseBody)
    }
}

impl SelectionExpression {
    /// Reads an expression.
    ///
    /// # Errors
    /// `${` is never closed.
    pub fn parse(text: &str) -> Result<Self, GrammarError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].chars().next() {
            let rest = &text[at..];
            if rest.starts_with("\\$") {
                plain.push('$');
                at += 2;
                continue;
            }
            let Some((variable, length)) = variable(rest, at)? else {
                plain.push(found);
                at += found.len_utf8();
                continue;
            };
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Variable(variable));
            at += length;
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// The value of an expression without variables.
    #[must_use]
    pub fn constant(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The variables in order.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Variable(variable) => Some(variable),
        })
    }

    /// The value, given that of each variable; one that cannot be resolved is the empty text.
    pub fn evaluate(&self, mut resolve: impl FnMut(&Variable) -> Option<String>) -> String {
        let mut value = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => value.push_str(text),
                Part::Variable(variable) => value.push_str(&resolve(variable).unwrap_or_default()),
            }
        }
        value
    }
}

/// The variable at the start of `rest`, with the bytes it takes.
fn variable(rest: &str, at: usize) -> Result<Option<(Variable, usize)>, GrammarError> {
    let Some(after) = rest.strip_prefix('$') else { return Ok(None) };
    let (text, is_braced) = match after.strip_prefix('{') {
        Some(inner) => match inner.find('}') {
            Some(length) => (&inner[..length], true),
            None => return Err(GrammarFault::UnclosedBrace.at(at)),
        },
        None => (&after[..bare_length(after)], false),
    };
    if text.is_empty() && !is_braced {
        return Ok(None);
    }
    let length = text.len() + if is_braced { 3 } else { 1 };
    let variable = Variable { text: text.to_owned(), is_braced, kind: VariableKind::of(text) };
    Ok(Some((variable, length)))
}

/// Length of the longest variable without braces: names joined by dots, and `[0]`; no dot at the end.
fn bare_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_') {
        return 0;
    }
    let run = |start: usize, accepts: fn(u8) -> bool| {
        start + bytes[start..].iter().take_while(|b| accepts(**b)).count()
    };
    let mut end = run(0, |b| b.is_ascii_alphanumeric() || b == b'_');
    loop {
        let (open, inside) = match bytes.get(end) {
            Some(b'.') => (end, run(end + 1, |b| b.is_ascii_alphanumeric() || b"_-$".contains(&b))),
            Some(b'[') => (end, run(end + 1, |b| b.is_ascii_digit())),
            _ => return end,
        };
        let is_index = bytes[open] == b'[';
        if inside == open + 1 || (is_index && bytes.get(inside) != Some(&b']')) {
            return end;
        }
        end = inside + usize::from(is_index);
    }
}

impl fmt::Display for SelectionExpression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Text(text) => formatter.write_str(&text.replace('$', "\\$"))?,
                Part::Variable(variable) if variable.is_braced => {
                    write!(formatter, "${{{}}}", variable.text)?;
                }
                Part::Variable(variable) => write!(formatter, "${}", variable.text)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evaluated(text: &str) -> String {
        let expression = SelectionExpression::parse(text).unwrap();
        expression.evaluate(|variable| Some(format!("<{}>", variable.text)))
    }

    #[test]
    fn braces_are_optional_and_text_mixes_with_variables() {
        assert_eq!(
            evaluated("${request.body.a}/$request.body.b"),
            "<request.body.a>/<request.body.b>"
        );
    }

    #[test]
    fn longest_name_is_taken_without_a_trailing_dot() {
        assert_eq!(evaluated("$request.body.a."), "<request.body.a>.");
        assert_eq!(evaluated("$request.body.a[0].b!"), "<request.body.a[0].b>!");
        assert_eq!(evaluated("$request.body.a[x]"), "<request.body.a>[x]");
    }

    #[test]
    fn escaped_dollar_is_text() {
        assert_eq!(evaluated("\\$default"), "$default");
        assert_eq!(evaluated("\\${request.body.a}"), "${request.body.a}");
    }

    #[test]
    fn lone_dollar_is_text() {
        assert_eq!(evaluated("5$"), "5$");
        assert_eq!(evaluated("$5"), "$5");
    }

    #[test]
    fn open_brace_is_an_error_with_its_place() {
        let error = SelectionExpression::parse("a-${b").unwrap_err();
        insta::assert_snapshot!(error, @r#""${" is never closed at position 2"#);
    }

    #[test]
    fn constant_is_known_without_evaluation() {
        let constant =
            |text| SelectionExpression::parse(text).unwrap().constant().map(str::to_owned);
        assert_eq!(constant("\\$default").as_deref(), Some("$default"));
        assert_eq!(constant("$default"), None);
        assert_eq!(constant("").as_deref(), Some(""));
    }
}
