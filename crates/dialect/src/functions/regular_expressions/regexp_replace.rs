//! `regexp_replace(…)`.

use super::{
    first_byte, given, given_number, invalid_value, optional_bigint, optional_text, options,
};
use crate::functions::argument::Arguments;
use crate::functions::argument::{Argument, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::regular_expressions::{Flags, Patterns, Replacement};
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::StringArray;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_replace",
    syntax: "regexp_replace(text, text, text) → text\nregexp_replace(text, text, text, text) → text\nregexp_replace(text, text, text, bigint) → text\nregexp_replace(text, text, text, bigint, bigint) → text\nregexp_replace(text, text, text, bigint, bigint, text) → text",
    summary: "Replaces the first match, all with the flag g, or the nth from a start (all where n is 0); $1 and ${name} are groups.",
    examples: &[
        Example {
            sql: "SELECT regexp_replace('status=200 method=GET', 'status=(\\d+) method=(\\w+)', '$2: $1')",
            prints: "GET: 200",
        },
        Example { sql: "SELECT regexp_replace('a-b-c', '-', '/', 'g')", prints: "a/b/c" },
        Example { sql: "SELECT regexp_replace('a-b-c', '-', '/', 1, 2)", prints: "a-b/c" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::Text,
            replace,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::Text,
            replace,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text, Parameter::Bigint],
            Parameter::Text,
            replace_from,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
            ],
            Parameter::Text,
            replace_from,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Text,
            ],
            Parameter::Text,
            replace_from,
        ),
    ]),
};

pub(super) fn replace(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let flags = optional_text(arguments, 3)?;
    let mut replacer = Replacer::new(arguments)?;
    rows::texts(arguments.rows(), |row| {
        let Some(flags) = given(flags.as_ref(), row, "") else { return Ok(None) };
        if flags.starts_with(|first: char| first.is_ascii_digit()) {
            let message = format!("invalid regular expression option: \"{}\"", &flags[..1]);
            let hint =
                "A number as the fourth argument is where the search starts: cast it to bigint.";
            return Err(external(
                Error::new(SqlState::InvalidParameterValue, message).with_hint(hint),
            ));
        }
        let options = options(flags)?;
        let which = if options.is_global { Which::All } else { Which::Nth(1) };
        replacer.replaced(row, options.flags, 1, which)
    })
}

pub(super) fn replace_from(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let starts = arguments.bigints(3)?;
    let numbers = optional_bigint(arguments, 4)?;
    let flags = optional_text(arguments, 5)?;
    let mut replacer = Replacer::new(arguments)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(start), Some(number), Some(flags)) = (
            starts.get(row),
            given_number(numbers.as_ref(), row, 1),
            given(flags.as_ref(), row, ""),
        ) else {
            return Ok(None);
        };
        if start <= 0 {
            return Err(invalid_value("start", start));
        }
        let which = match usize::try_from(number) {
            Ok(0) => Which::All,
            Ok(number) => Which::Nth(number),
            Err(_) => return Err(invalid_value("n", number)),
        };
        replacer.replaced(row, options(flags)?.flags, start, which)
    })
}

/// Which matches are replaced.
#[derive(Clone, Copy)]
enum Which {
    All,
    Nth(usize),
}

struct Replacer {
    texts: Argument<StringArray>,
    expressions: Argument<StringArray>,
    replacements: Argument<StringArray>,
    patterns: Patterns,
}

impl Replacer {
    fn new(arguments: &Arguments<'_>) -> Result<Self> {
        Ok(Self {
            texts: arguments.text(0)?,
            expressions: arguments.text(1)?,
            replacements: arguments.text(2)?,
            patterns: Patterns::new(),
        })
    }

    fn replaced(
        &mut self,
        row: usize,
        flags: Flags,
        start: i64,
        which: Which,
    ) -> Result<Option<String>> {
        let (Some(text), Some(expression), Some(replacement)) =
            (self.texts.get(row), self.expressions.get(row), self.replacements.get(row))
        else {
            return Ok(None);
        };
        let compiled = self.patterns.compiled(expression, flags)?;
        let replacement = Replacement::read(replacement, &compiled).map_err(external)?;
        let Some(from) = first_byte(text, start) else { return Ok(Some(text.to_owned())) };
        let (skipped, most) = match which {
            Which::All => (0, usize::MAX),
            Which::Nth(number) => (number - 1, number),
        };
        let matches = self.patterns.matches(&compiled, text, from, most)?;
        let mut replaced = String::with_capacity(text.len());
        let mut end = 0;
        for groups in matches.iter().skip(skipped) {
            let Some(Some(whole)) = groups.first() else { continue };
            replaced.push_str(&text[end..whole.start]);
            replacement.write(text, groups, &mut replaced);
            if replaced.len() > rows::MAXIMUM_LENGTH {
                return Err(rows::too_long());
            }
            end = whole.end;
        }
        replaced.push_str(&text[end..]);
        Ok(Some(replaced))
    }
}
