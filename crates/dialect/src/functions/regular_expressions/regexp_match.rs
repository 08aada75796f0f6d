//! `regexp_match(…)`.

use super::{given, local_options, optional_text, parts};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::regular_expressions::Patterns;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_match",
    syntax: "regexp_match(text, text) → text[]\nregexp_match(text, text, text) → text[]",
    summary: "Returns the groups of the first match as an array, the whole match where the pattern has none, or NULL.",
    examples: &[
        Example {
            sql: "SELECT regexp_match('i-0abc in us-east-1', '(i-\\w+) in ([\\w-]+)')",
            prints: "{i-0abc,us-east-1}",
        },
        Example { sql: "SELECT regexp_match('abc', 'B', 'i')", prints: "{b}" },
        Example { sql: "SELECT regexp_match('abc', 'z')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::TextArray, regexp_match),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::TextArray,
            regexp_match,
        ),
    ]),
};

fn regexp_match(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, expressions) = (arguments.text(0)?, arguments.text(1)?);
    let flags = optional_text(arguments, 2)?;
    let mut patterns = Patterns::new();
    rows::text_lists(arguments.rows(), |row| {
        let (Some(text), Some(expression), Some(flags)) =
            (texts.get(row), expressions.get(row), given(flags.as_ref(), row, ""))
        else {
            return Ok(None);
        };
        let options = local_options(flags, RECORD.name)?;
        let compiled = patterns.compiled(expression, options)?;
        Ok(patterns.find(&compiled, text, 0)?.map(|groups| parts(text, &groups)))
    })
}
