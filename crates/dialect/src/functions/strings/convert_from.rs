//! `convert_from(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "convert_from",
    syntax: "convert_from(bytea, text) → text",
    summary: "Reads bytes as text in an encoding, which must be UTF8.",
    examples: &[Example { sql: "SELECT convert_from('\\x6162', 'UTF8')", prints: "ab" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bytea, Parameter::Text],
        Parameter::Text,
        convert_from,
    )]),
};

fn convert_from(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    let names = arguments.text(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(byte), Some(name)) = (bytes.get(row), names.get(row)) else { return Ok(None) };
        encoding::check_name(name)?;
        encoding::utf8(byte).map(|text| Some(text.to_owned()))
    })
}
