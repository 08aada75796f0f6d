//! `response_parameter_fault(key, value)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::grammar::response_parameter_fault;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "response_parameter_fault",
    syntax: "response_parameter_fault(text, text) → text",
    summary: "Tells why a response parameter is not legal; NULL where it is.",
    examples: &[
        Example {
            sql: "SELECT response_parameter_fault('method.response.header.X-Id', 'no-store')",
            prints: "static value \"no-store\" is not in single quotes at position 0",
        },
        Example {
            sql: "SELECT response_parameter_fault('method.response.header.X-Id', 'integration.response.body.$.id')",
            prints: "the JSON expression starts with \"$\" at position 26",
        },
        Example {
            sql: "SELECT response_parameter_fault('method.response.header.X-Id', '''x''')",
            prints: "NULL",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Text,
        fault,
    )]),
};

fn fault(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (keys, values) = (arguments.text(0)?, arguments.text(1)?);
    rows::texts(arguments.rows(), |row| {
        let (Some(key), Some(value)) = (keys.get(row), values.get(row)) else { return Ok(None) };
        Ok(response_parameter_fault(key, value).map(|fault| fault.to_string()))
    })
}
