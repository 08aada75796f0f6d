//! `'…'::bytea`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__bytea_in",
    syntax: "",
    summary: "Reads a text as bytea.",
    examples: &[
        Example { sql: "SELECT '\\x616263'::bytea", prints: "\\x616263" },
        Example { sql: "SELECT 'a\\\\b'::bytea", prints: "\\x615c62" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Bytea,
        bytea_in,
    )]),
};

fn bytea_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    Ok(Arc::new(bytes.array))
}
