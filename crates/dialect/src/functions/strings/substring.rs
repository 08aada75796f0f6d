//! `substring(…)`.

use super::split;
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::regular_expressions::{Flags, Patterns, similar_to_parts};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "substring",
    syntax: "substring(text from bigint for bigint) → text\nsubstring(text, bigint, bigint) → text\nsubstring(text from text) → text\nsubstring(text similar text escape text) → text",
    summary: "Returns the part of a text from a character on, the first group of a match or the match, or what is between the separators of an SQL pattern.",
    examples: &[
        Example { sql: "SELECT substring('Thomas' from 2 for 3)", prints: "hom" },
        Example { sql: "SELECT substring('Thomas' from '...$')", prints: "mas" },
        Example {
            sql: "SELECT substring('Thomas' similar '%#\"o_a#\"_' escape '#')",
            prints: "oma",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Text, of_pattern),
        Overload::strict(&[Parameter::Text, Parameter::Bigint], Parameter::Text, to_end),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::Text,
            of_sql_pattern,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Bigint, Parameter::Bigint],
            Parameter::Text,
            of_length,
        ),
    ]),
};

fn to_end(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let starts = arguments.bigints(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(start)) = (texts.get(row), starts.get(row)) else { return Ok(None) };
        split::part(text, start, None).map(Some)
    })
}

fn of_length(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let starts = arguments.bigints(1)?;
    let lengths = arguments.bigints(2)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(start), Some(length)) =
            (texts.get(row), starts.get(row), lengths.get(row))
        else {
            return Ok(None);
        };
        split::part(text, start, Some(length)).map(Some)
    })
}

fn of_pattern(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, expressions) = (arguments.text(0)?, arguments.text(1)?);
    let mut patterns = Patterns::new();
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(expression)) = (texts.get(row), expressions.get(row)) else {
            return Ok(None);
        };
        first_group(&mut patterns, text, expression)
    })
}

fn of_sql_pattern(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, expressions) = (arguments.text(0)?, arguments.text(1)?);
    let escapes = arguments.text(2)?;
    let mut patterns = Patterns::new();
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(expression), Some(escape)) =
            (texts.get(row), expressions.get(row), escapes.get(row))
        else {
            return Ok(None);
        };
        let expression = similar_to_parts(expression, escape).map_err(external)?;
        first_group(&mut patterns, text, &expression)
    })
}

fn first_group(patterns: &mut Patterns, text: &str, expression: &str) -> Result<Option<String>> {
    let compiled = patterns.compiled(expression, Flags::default())?;
    let Some(groups) = patterns.find(&compiled, text, 0)? else { return Ok(None) };
    let part = groups.get(1).or(groups.first()).cloned().flatten();
    Ok(part.map(|range| text[range].to_owned()))
}
