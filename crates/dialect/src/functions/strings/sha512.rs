//! `sha512(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use sha2::{Digest, Sha512};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "sha512",
    syntax: "sha512(bytea) → bytea",
    summary: "Returns the SHA-512 hash.",
    examples: &[Example {
        sql: "SELECT sha512('abc'::bytea)",
        prints: "\\xddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bytea],
        Parameter::Bytea,
        sha512,
    )]),
};

fn sha512(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    encoding::each(arguments.rows(), |row| {
        Ok(bytes.get(row).map(|bytes| Sha512::digest(bytes).to_vec()))
    })
}
