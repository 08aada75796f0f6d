//! `md5(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use md5::{Digest, Md5};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "md5",
    syntax: "md5(text) → text\nmd5(bytea) → text",
    summary: "Returns the MD5 hash in hexadecimal digits.",
    examples: &[Example { sql: "SELECT md5('abc')", prints: "900150983cd24fb0d6963f7d28e17f72" }],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::Text, of_text),
        Overload::strict(&[Parameter::Bytea], Parameter::Text, of_bytes),
    ]),
};

fn of_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        Ok(Some(hash(text.as_bytes())))
    })
}

fn of_bytes(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(byte) = bytes.get(row) else { return Ok(None) };
        Ok(Some(hash(byte)))
    })
}

fn hash(bytes: &[u8]) -> String {
    encoding::hexadecimal(&Md5::digest(bytes))
}
