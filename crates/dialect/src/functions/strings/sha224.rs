//! `sha224(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use sha2::{Digest, Sha224};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "sha224",
    syntax: "sha224(bytea) → bytea",
    summary: "Returns the SHA-224 hash.",
    examples: &[Example {
        sql: "SELECT sha224('abc'::bytea)",
        prints: "\\x23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bytea],
        Parameter::Bytea,
        sha224,
    )]),
};

fn sha224(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    encoding::each(arguments.rows(), |row| {
        Ok(bytes.get(row).map(|bytes| Sha224::digest(bytes).to_vec()))
    })
}
