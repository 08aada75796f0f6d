//! `sha256(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use sha2::{Digest, Sha256};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "sha256",
    syntax: "sha256(bytea) → bytea",
    summary: "Returns the SHA-256 hash.",
    examples: &[Example {
        sql: "SELECT sha256('abc'::bytea)",
        prints: "\\xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bytea],
        Parameter::Bytea,
        sha256,
    )]),
};

fn sha256(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    encoding::each(arguments.rows(), |row| {
        Ok(bytes.get(row).map(|bytes| Sha256::digest(bytes).to_vec()))
    })
}
