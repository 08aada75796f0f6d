//! `chr(…)`.

use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use datafusion::error::DataFusionError;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "chr",
    syntax: "chr(bigint) → text",
    summary: "Returns the character of a code.",
    examples: &[
        Example { sql: "SELECT chr(65)", prints: "A" },
        Example { sql: "SELECT chr(26085)", prints: "日" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Text,
        chr,
    )]),
};

fn chr(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let codes = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(code) = codes.get(row) else { return Ok(None) };
        if code < 0 {
            return Err(rows::invalid("character number must be positive"));
        }
        let character = u32::try_from(code).ok().and_then(char::from_u32);
        match character {
            Some('\0') => Err(limit("null character not permitted".to_owned())),
            Some(character) => Ok(Some(character.to_string())),
            None if code > 0x10_FFFF => {
                Err(limit(format!("requested character too large for encoding: {code}")))
            }
            None => Err(limit(format!("requested character not valid for encoding: {code}"))),
        }
    })
}

fn limit(message: String) -> DataFusionError {
    external(Error::new(SqlState::ProgramLimitExceeded, message))
}
