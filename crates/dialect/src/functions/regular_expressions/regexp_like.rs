//! `regexp_like(…)`.

use super::{given, local_options, optional_text};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::regular_expressions::Patterns;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_like",
    syntax: "regexp_like(text, text) → boolean\nregexp_like(text, text, text) → boolean",
    summary: "Tells whether a pattern matches somewhere in a text; the flag i ignores case, n or m lets ^ and $ match at lines.",
    examples: &[
        Example { sql: "SELECT regexp_like('us-east-1', '^us-[a-z]+-\\d$')", prints: "t" },
        Example { sql: "SELECT regexp_like('Prod', 'prod', 'i')", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Boolean, regexp_like),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::Boolean,
            regexp_like,
        ),
    ]),
};

fn regexp_like(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, expressions) = (arguments.text(0)?, arguments.text(1)?);
    let flags = optional_text(arguments, 2)?;
    let mut patterns = Patterns::new();
    rows::booleans(arguments.rows(), |row| {
        let (Some(text), Some(expression), Some(flags)) =
            (texts.get(row), expressions.get(row), given(flags.as_ref(), row, ""))
        else {
            return Ok(None);
        };
        let options = local_options(flags, RECORD.name)?;
        let compiled = patterns.compiled(expression, options)?;
        Ok(Some(patterns.is_match(&compiled, text)?))
    })
}
