//! `encode(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "encode",
    syntax: "encode(bytea, text) → text",
    summary: "Writes bytes as text in the form hex, base64 or escape.",
    examples: &[
        Example { sql: "SELECT encode('abc'::bytea, 'hex')", prints: "616263" },
        Example { sql: "SELECT encode('abc'::bytea, 'base64')", prints: "YWJj" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bytea, Parameter::Text],
        Parameter::Text,
        encode,
    )]),
};

fn encode(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    let forms = arguments.text(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(byte), Some(form)) = (bytes.get(row), forms.get(row)) else { return Ok(None) };
        encoding::encode(byte, form).map(Some)
    })
}
