//! `parse_ident(…)`: a name as SQL writes it, cut at its dots.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "parse_ident",
    syntax: "parse_ident(name text [, strict boolean]) → text[]",
    summary: "Cuts a name at its dots and takes its quotation marks away; what follows a name is an error unless \
              strict is false.",
    examples: &[
        Example { sql: "SELECT parse_ident('Aws.\"Odd name\"')", prints: "{aws,\"Odd name\"}" },
        Example { sql: "SELECT parse_ident('length(x)', false)", prints: "{length}" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::TextArray, parse_ident),
        Overload::strict(&[Parameter::Text, Parameter::Boolean], Parameter::TextArray, parse_ident),
    ]),
};

fn parse_ident(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    let strict = if arguments.count() > 1 { Some(arguments.booleans(1)?) } else { None };
    rows::text_lists(arguments.rows(), |row| {
        let Some(name) = names.get(row) else { return Ok(None) };
        let is_strict = match &strict {
            Some(strict) => strict.get(row),
            None => Some(true),
        };
        let Some(is_strict) = is_strict else { return Ok(None) };
        let parts = parts(name, is_strict).map_err(external)?;
        Ok(Some(parts.into_iter().map(Some).collect()))
    })
}

/// Cuts a name at its dots.
fn parts(name: &str, is_strict: bool) -> std::result::Result<Vec<String>, Error> {
    let invalid = |detail: Option<&str>| {
        let message = format!("string is not a valid identifier: \"{name}\"");
        let error = Error::new(SqlState::InvalidParameterValue, message);
        match detail {
            Some(detail) => error.with_detail(detail),
            None => error,
        }
    };
    let mut parts = Vec::new();
    let mut rest = name.trim_start();
    loop {
        let (part, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let (part, after) = quoted_part(quoted)
                .ok_or_else(|| invalid(Some("String has unclosed double quotes.")))?;
            if part.is_empty() {
                return Err(invalid(Some("Quoted identifier must not be empty.")));
            }
            (part, after)
        } else {
            let is_part = |(place, letter): (usize, char)| {
                let is_letter = letter.is_ascii_alphabetic() || letter == '_' || !letter.is_ascii();
                is_letter || (place > 0 && (letter.is_ascii_digit() || letter == '$'))
            };
            let end = rest.char_indices().find(|found| !is_part(*found));
            let (part, after) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
            if part.is_empty() {
                let detail = match (parts.is_empty(), rest.starts_with('.')) {
                    (_, true) => Some("No valid identifier before \".\"."),
                    (false, false) => Some("No valid identifier after \".\"."),
                    (true, false) => None,
                };
                return Err(invalid(detail));
            }
            (part.to_lowercase(), after)
        };
        parts.push(part);
        rest = after.trim_start();
        match rest.strip_prefix('.') {
            Some(after) => rest = after.trim_start(),
            None if rest.is_empty() || !is_strict => return Ok(parts),
            None => return Err(invalid(None)),
        }
    }
}

/// Takes a part in quotation marks, whose first is gone already, and returns it with what follows.
fn quoted_part(quoted: &str) -> Option<(String, &str)> {
    let mut part = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        part.push_str(before);
        let Some(doubled) = after.strip_prefix('"') else { return Some((part, after)) };
        part.push('"');
        rest = doubled;
    }
}
