//! `sha384(…)`.

use super::encoding;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use sha2::{Digest, Sha384};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "sha384",
    syntax: "sha384(bytea) → bytea",
    summary: "Returns the SHA-384 hash.",
    examples: &[Example {
        sql: "SELECT sha384('abc'::bytea)",
        prints: "\\xcb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bytea],
        Parameter::Bytea,
        sha384,
    )]),
};

fn sha384(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    encoding::each(arguments.rows(), |row| {
        Ok(bytes.get(row).map(|bytes| Sha384::digest(bytes).to_vec()))
    })
}
