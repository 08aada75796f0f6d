//! `to_number(…)`.

use super::template;
use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, Float64Builder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "to_number",
    syntax: "to_number(text, text) → numeric",
    summary: "Reads a number by a template of patterns such as 9, 0, D, G, S and MI.",
    examples: &[
        Example { sql: "SELECT to_number('12,454.8-', '99G999D9S')", prints: "-12454.8" },
        Example { sql: "SELECT to_number('$1,234.56', 'L9,999.99')", prints: "1234.56" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::DoublePrecision,
        to_number,
    )]),
};

fn to_number(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, templates) = (arguments.text(0)?, arguments.text(1)?);
    let mut builder = Float64Builder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let values = texts.get(row).zip(templates.get(row));
        let number = values.filter(|(_, template)| !template.is_empty()).map(|(text, pattern)| {
            template::parse(pattern).and_then(|pattern| template::read(&pattern, text))
        });
        builder.append_option(number.transpose().map_err(external)?);
    }
    Ok(Arc::new(builder.finish()))
}
