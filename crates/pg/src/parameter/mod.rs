//! Values of parameters, from what clients send to what the engine puts into a statement.

mod binary;
mod foreign;

pub(crate) use foreign::stands_for;

use crate::error::PgError;
use bytes::Bytes;
use census_engine::{Parameter, ParameterValue};
use census_error::{Error, Result, SqlState};
use census_types::SqlType;

/// Reads the value of a parameter, counted from 1; `oid` is the number of the type that the client gave, or 0.
///
/// # Errors
/// 22021 for a text that is not UTF-8, 22P02 for a text that is no uuid, 22P03 for bytes that are no value of the type.
pub(crate) fn read(
    number: usize,
    bytes: Option<&Bytes>,
    format: i16,
    oid: u32,
    sql_type: Option<&SqlType>,
) -> Result<Parameter> {
    let sql_type = sql_type.cloned();
    let Some(bytes) = bytes else {
        return Ok(Parameter { sql_type, value: ParameterValue::Null });
    };
    if format == 1 {
        let known = sql_type.as_ref().unwrap_or(&SqlType::Text);
        let value = binary::read(bytes, oid, known).ok_or_else(|| {
            let message = format!("incorrect binary data format in bind parameter {number}");
            Error::new(SqlState::InvalidBinaryRepresentation, message)
                .with_detail(format!("the parameter is of type {known}"))
        })?;
        return Ok(Parameter { sql_type, value });
    }
    let value = foreign::read_text(text(bytes)?, oid).map_err(|written| {
        let message = format!("invalid input syntax for type uuid: \"{written}\"");
        Error::new(SqlState::InvalidTextRepresentation, message)
    })?;
    Ok(Parameter { sql_type, value })
}

/// Returns bytes as a text of the database.
fn text(bytes: &[u8]) -> Result<&str> {
    let wrong = |byte| Error::from(PgError::NotUtf8 { byte });
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(wrong(0)),
        Ok(text) => Ok(text),
        Err(fault) => Err(wrong(bytes[fault.valid_up_to()])),
    }
}
