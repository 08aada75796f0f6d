//! `decode(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "decode",
    syntax: "decode(text, text) → bytea",
    summary: "Reads bytes from text in the form hex, base64 or escape.",
    examples: &[Example { sql: "SELECT decode('YWJj', 'base64')", prints: "\\x616263" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Bytea,
        decode,
    )]),
};

fn decode(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, forms) = (arguments.text(0)?, arguments.text(1)?);
    encoding::each(arguments.rows(), |row| match (texts.get(row), forms.get(row)) {
        (Some(text), Some(form)) => encoding::decode(text, form).map(Some),
        _ => Ok(None),
    })
}
