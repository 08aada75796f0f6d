//! `regexp_split_to_array(…)`.

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
    name: "regexp_split_to_array",
    syntax: "regexp_split_to_array(text, text) → text[]\nregexp_split_to_array(text, text, text) → text[]",
    summary: "Cuts a text at every match of a pattern.",
    examples: &[
        Example { sql: "SELECT regexp_split_to_array('a, b,c', ',\\s*')", prints: "{a,b,c}" },
        Example { sql: "SELECT regexp_split_to_array('abc', '')", prints: "{a,b,c}" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::TextArray, split),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::TextArray,
            split,
        ),
    ]),
};

fn split(arguments: &Arguments<'_>) -> Result<ArrayRef> {
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
        let mut items = Vec::new();
        let mut end = 0;
        for groups in patterns.matches(&compiled, text, 0, usize::MAX)? {
            let Some(Some(whole)) = groups.first() else { continue };
            // Empty matches at either end and just after a match cut nothing.
            if whole.start < text.len() && whole.end > end {
                items.push(Some(text[end..whole.start].to_owned()));
                end = whole.end;
            }
        }
        items.push(Some(text[end..].to_owned()));
        Ok(Some(items))
    })
}
