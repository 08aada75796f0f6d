//! `response_key_fault(key)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::grammar::ResponseKey;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "response_key_fault",
    syntax: "response_key_fault(text) → text",
    summary: "Tells why a response key cannot be matched, or is of no form that AWS documents; NULL where nothing is wrong with it.",
    examples: &[
        Example { sql: "SELECT response_key_fault('/(/')", prints: "unclosed group at position 1" },
        Example {
            sql: "SELECT response_key_fault('404')",
            prints: "\"404\" is neither \"$default\" nor \"/expression/\"",
        },
        Example { sql: "SELECT response_key_fault('/4\\d\\d/')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        response_key_fault,
    )]),
};

fn response_key_fault(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let keys = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(text) = keys.get(row) else { return Ok(None) };
        let key = ResponseKey::parse(text);
        if matches!(key, ResponseKey::Bare(_)) {
            return Ok(Some(format!("\"{text}\" is neither \"$default\" nor \"/expression/\"")));
        }
        Ok(key.pattern().and_then(std::result::Result::err).map(|error| error.to_string()))
    })
}
