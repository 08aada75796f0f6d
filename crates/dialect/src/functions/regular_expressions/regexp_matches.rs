//! `regexp_matches(…)`, as an array of arrays.

use super::{given, optional_text, options, parts};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::regular_expressions::Patterns;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::{ListBuilder, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "__regexp_matches",
    syntax: "",
    summary: "Returns for each match what regexp_match returns: for the first one, or with the flag g for all.",
    examples: &[Example {
        sql: "SELECT (regexp_match('a1b2', '([a-z])(\\d)', ''))[2]",
        prints: "1",
    }],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Text, Parameter::Text],
            Parameter::TextMatrix,
            regexp_matches,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::TextMatrix,
            regexp_matches,
        ),
    ]),
};

fn regexp_matches(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, expressions) = (arguments.text(0)?, arguments.text(1)?);
    let flags = optional_text(arguments, 2)?;
    let mut patterns = Patterns::new();
    let mut builder = ListBuilder::new(ListBuilder::new(StringBuilder::new()));
    for row in 0..arguments.rows() {
        let (Some(text), Some(expression), Some(flags)) =
            (texts.get(row), expressions.get(row), given(flags.as_ref(), row, ""))
        else {
            builder.append(false);
            continue;
        };
        let options = options(flags)?;
        let compiled = patterns.compiled(expression, options.flags)?;
        let most = if options.is_global { usize::MAX } else { 1 };
        for groups in patterns.matches(&compiled, text, 0, most)? {
            let items = builder.values();
            for part in parts(text, &groups) {
                items.values().append_option(part);
            }
            items.append(true);
        }
        builder.append(true);
    }
    Ok(Arc::new(builder.finish()))
}
