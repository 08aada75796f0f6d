//! `text LIKE ANY (patterns)` and its like.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::functions::strings::{case, like};
use crate::regular_expressions::{Flags, Patterns};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "__match_many",
    syntax: "",
    summary: "Tells whether a text matches any or all patterns of an array.",
    examples: &[
        Example { sql: "SELECT 'abc' LIKE ANY (ARRAY['b%', 'a%'])", prints: "t" },
        Example { sql: "SELECT 'abc' ~ ANY (ARRAY['^b', 'c$'])", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::TextArray, Parameter::Text, Parameter::Boolean],
        Parameter::Boolean,
        match_many,
    )]),
};

fn match_many(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, lists) = (arguments.text(0)?, arguments.text_lists(1)?);
    let (operators, quantifiers) = (arguments.text(2)?, arguments.booleans(3)?);
    let mut patterns = Patterns::new();
    rows::booleans(arguments.rows(), |row| {
        let list = lists.index(row);
        let (Some(text), Some(operator), Some(is_all)) =
            (texts.get(row), operators.get(row), quantifiers.get(row))
        else {
            return Ok(None);
        };
        if lists.array.is_null(list) {
            return Ok(None);
        }
        // One item may decide; NULLs leave it open.
        let mut answer = Some(is_all);
        for pattern in lists.array.items(list) {
            let Some(pattern) = pattern else {
                answer = None;
                continue;
            };
            if holds(&mut patterns, text, operator, pattern)? != is_all {
                return Ok(Some(!is_all));
            }
        }
        Ok(answer)
    })
}

fn holds(patterns: &mut Patterns, text: &str, operator: &str, pattern: &str) -> Result<bool> {
    let (operator, is_negated) = match operator.strip_prefix('!') {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    let is_match = match operator {
        "~~" => like::is_like(text, pattern)?,
        "~~*" => like::is_like(&case::lower(text), &case::lower(pattern))?,
        _ => {
            let flags = Flags { ignores_case: operator == "~*", ..Flags::default() };
            let compiled = patterns.compiled(pattern, flags)?;
            patterns.is_match(&compiled, text)?
        }
    };
    Ok(is_match != is_negated)
}
