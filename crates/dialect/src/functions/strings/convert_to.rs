//! `convert_to(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "convert_to",
    syntax: "convert_to(text, text) → bytea",
    summary: "Writes text as bytes in an encoding, which must be UTF8.",
    examples: &[Example { sql: "SELECT convert_to('é', 'UTF8')", prints: "\\xc3a9" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Bytea,
        convert_to,
    )]),
};

fn convert_to(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, names) = (arguments.text(0)?, arguments.text(1)?);
    encoding::each(arguments.rows(), |row| match (texts.get(row), names.get(row)) {
        (Some(text), Some(name)) => {
            encoding::check_name(name)?;
            Ok(Some(text.as_bytes().to_vec()))
        }
        _ => Ok(None),
    })
}
