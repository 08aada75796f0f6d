//! `regexp_count(…)`.

use super::{
    first_byte, given, given_number, invalid_value, local_options, optional_bigint, optional_text,
};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::regular_expressions::Patterns;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_count",
    syntax: "regexp_count(text, text) → bigint\nregexp_count(text, text, bigint) → bigint\nregexp_count(text, text, bigint, text) → bigint",
    summary: "Counts the matches of a pattern, from the nth character on.",
    examples: &[
        Example { sql: "SELECT regexp_count('a1b22', '\\d')", prints: "3" },
        Example { sql: "SELECT regexp_count('ABCABC', 'b', 3, 'i')", prints: "1" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Bigint, regexp_count),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint],
            Parameter::Bigint,
            regexp_count,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint, Parameter::Text],
            Parameter::Bigint,
            regexp_count,
        ),
    ]),
};

fn regexp_count(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, expressions) = (arguments.text(0)?, arguments.text(1)?);
    let (starts, flags) = (optional_bigint(arguments, 2)?, optional_text(arguments, 3)?);
    let mut patterns = Patterns::new();
    rows::bigints(arguments.rows(), |row| {
        let (Some(text), Some(expression), Some(start), Some(flags)) = (
            texts.get(row),
            expressions.get(row),
            given_number(starts.as_ref(), row, 1),
            given(flags.as_ref(), row, ""),
        ) else {
            return Ok(None);
        };
        if start <= 0 {
            return Err(invalid_value("start", start));
        }
        let options = local_options(flags, RECORD.name)?;
        let compiled = patterns.compiled(expression, options)?;
        let Some(from) = first_byte(text, start) else { return Ok(Some(0)) };
        let matches = patterns.matches(&compiled, text, from, usize::MAX)?;
        Ok(Some(rows::count(matches.len())))
    })
}
