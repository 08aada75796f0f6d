//! Functions and operators of regular expressions.

mod finder;
pub(super) mod icu_regexp_replace;
pub(super) mod imatches;
pub(super) mod match_many;
pub(super) mod matches;
pub(super) mod regexp_count;
pub(super) mod regexp_instr;
pub(super) mod regexp_like;
pub(super) mod regexp_match;
pub(super) mod regexp_matches;
pub(super) mod regexp_replace;
pub(super) mod regexp_split_to_array;
pub(super) mod regexp_substr;
pub(super) mod similar_to_escape;

use crate::functions::argument::{Argument, Arguments};
use crate::functions::rows;
use crate::regular_expressions::{Flags, Groups, Patterns};
use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray};
use datafusion::common::Result;
use datafusion::error::DataFusionError;

/// What the flags of a call say.
#[derive(Clone, Copy, Default)]
struct Options {
    flags: Flags,
    is_global: bool,
}

/// Reads flags: i, n or m, and g.
fn options(text: &str) -> Result<Options> {
    let mut options = Options::default();
    for flag in text.chars() {
        match flag {
            'i' => options.flags.ignores_case = true,
            'n' | 'm' => options.flags.has_lines = true,
            'g' => options.is_global = true,
            _ => {
                return Err(rows::invalid(format!(
                    "invalid regular expression option: \"{flag}\""
                )));
            }
        }
    }
    Ok(options)
}

/// Reads the flags of a function for which g means nothing.
fn local_options(text: &str, function: &str) -> Result<Flags> {
    let options = options(text)?;
    if options.is_global {
        let message = format!("{function}() does not support the \"global\" option");
        return Err(rows::invalid(message));
    }
    Ok(options.flags)
}

/// Tells for each row whether the pattern matches.
fn are_matches(arguments: &Arguments<'_>, flags: Flags) -> Result<ArrayRef> {
    let (texts, expressions) = (arguments.text(0)?, arguments.text(1)?);
    let mut patterns = Patterns::new();
    rows::booleans(arguments.rows(), |row| {
        let (Some(text), Some(expression)) = (texts.get(row), expressions.get(row)) else {
            return Ok(None);
        };
        let compiled = patterns.compiled(expression, flags)?;
        patterns.is_match(&compiled, text).map(Some)
    })
}

/// Returns an argument of text where there is one.
pub(super) fn optional_text(
    arguments: &Arguments<'_>,
    index: usize,
) -> Result<Option<Argument<StringArray>>> {
    if index < arguments.count() { arguments.text(index).map(Some) } else { Ok(None) }
}

/// Returns an argument of bigint where there is one.
pub(super) fn optional_bigint(
    arguments: &Arguments<'_>,
    index: usize,
) -> Result<Option<Argument<Int64Array>>> {
    if index < arguments.count() { arguments.bigints(index).map(Some) } else { Ok(None) }
}

/// Returns the text for a row, or what stands for an argument that is not there; `None` is NULL.
pub(super) fn given<'a>(
    argument: Option<&'a Argument<StringArray>>,
    row: usize,
    absent: &'a str,
) -> Option<&'a str> {
    argument.map_or(Some(absent), |argument| argument.get(row))
}

/// Returns the number for a row, or what stands for an argument that is not there; `None` is NULL.
pub(super) fn given_number(
    argument: Option<&Argument<Int64Array>>,
    row: usize,
    absent: i64,
) -> Option<i64> {
    argument.map_or(Some(absent), |argument| argument.get(row))
}

/// Returns where the nth character begins, counted from 1, or `None` beyond the end.
fn first_byte(text: &str, position: i64) -> Option<usize> {
    let skipped = usize::try_from(position - 1).ok()?;
    if skipped == 0 {
        return Some(0);
    }
    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(skipped)
}

/// Returns the groups of a match, or the whole where there are none.
fn parts(text: &str, groups: &Groups) -> Vec<Option<String>> {
    let parts = if groups.len() > 1 { &groups[1..] } else { groups.as_slice() };
    parts.iter().map(|range| range.clone().map(|range| text[range].to_owned())).collect()
}

fn invalid_value(parameter: &str, value: i64) -> DataFusionError {
    rows::invalid(format!("invalid value for parameter \"{parameter}\": {value}"))
}
