//! The nth match from a start, or a group of it.

use super::{
    first_byte, given, given_number, invalid_value, local_options, optional_bigint, optional_text,
};
use crate::functions::argument::{Argument, Arguments};
use crate::regular_expressions::Patterns;
use datafusion::arrow::array::{Int64Array, StringArray};
use datafusion::common::Result;
use std::ops::Range;

/// Finds the match that each row asks for.
pub(super) struct Finder {
    function: &'static str,
    texts: Argument<StringArray>,
    expressions: Argument<StringArray>,
    starts: Option<Argument<Int64Array>>,
    numbers: Option<Argument<Int64Array>>,
    flags: Option<Argument<StringArray>>,
    groups: Option<Argument<Int64Array>>,
    patterns: Patterns,
}

/// What was found.
pub(super) enum Found<'a> {
    /// A place in the text.
    At(&'a str, Range<usize>),
    /// No such match, or no such group in it.
    Nowhere,
}

impl Finder {
    /// Takes a function's arguments; the places are those of start, number, flags and group.
    pub(super) fn new(
        arguments: &Arguments<'_>,
        function: &'static str,
        [start, number, flags, group]: [usize; 4],
    ) -> Result<Self> {
        Ok(Self {
            function,
            texts: arguments.text(0)?,
            expressions: arguments.text(1)?,
            starts: optional_bigint(arguments, start)?,
            numbers: optional_bigint(arguments, number)?,
            flags: optional_text(arguments, flags)?,
            groups: optional_bigint(arguments, group)?,
            patterns: Patterns::new(),
        })
    }

    /// Finds what a row asks for; `None` where an argument is NULL.
    pub(super) fn find(&mut self, row: usize) -> Result<Option<Found<'_>>> {
        let (Some(text), Some(expression), Some(start), Some(number), Some(flags), Some(group)) = (
            self.texts.get(row),
            self.expressions.get(row),
            given_number(self.starts.as_ref(), row, 1),
            given_number(self.numbers.as_ref(), row, 1),
            given(self.flags.as_ref(), row, ""),
            given_number(self.groups.as_ref(), row, 0),
        ) else {
            return Ok(None);
        };
        if start <= 0 {
            return Err(invalid_value("start", start));
        }
        let nth = usize::try_from(number).ok().filter(|number| *number > 0);
        let Some(nth) = nth else { return Err(invalid_value("n", number)) };
        let Ok(group) = usize::try_from(group) else {
            return Err(invalid_value("subexpr", group));
        };
        let flags = local_options(flags, self.function)?;
        let compiled = self.patterns.compiled(expression, flags)?;
        let Some(from) = first_byte(text, start) else { return Ok(Some(Found::Nowhere)) };
        let matches = self.patterns.matches(&compiled, text, from, nth)?;
        // A pattern without groups has itself for its only one.
        let group = if compiled.groups() == 0 && group == 1 { 0 } else { group };
        let range = matches.get(nth - 1).and_then(|groups| groups.get(group).cloned().flatten());
        Ok(Some(range.map_or(Found::Nowhere, |range| Found::At(text, range))))
    }
}
