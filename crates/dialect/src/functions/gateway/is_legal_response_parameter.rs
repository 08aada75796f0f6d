//! `is_legal_response_parameter(key, value)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::grammar::response_parameter_fault;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "is_legal_response_parameter",
    syntax: "is_legal_response_parameter(text, text) → boolean",
    summary: "Tells whether a response parameter sets a header from a source that AWS knows, in 1 to 512 characters; forms that only REST APIs document are legal.",
    examples: &[
        Example {
            sql: "SELECT is_legal_response_parameter('method.response.header.X-Id', 'integration.response.header.X-Id')",
            prints: "t",
        },
        Example {
            sql: "SELECT is_legal_response_parameter('method.response.header.X-Id', 'no-store')",
            prints: "f",
        },
        Example {
            sql: "SELECT is_legal_response_parameter('method.response.headers.X-Id', '''x''')",
            prints: "f",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Boolean,
        is_legal_response_parameter,
    )]),
};

fn is_legal_response_parameter(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (keys, values) = (arguments.text(0)?, arguments.text(1)?);
    rows::booleans(arguments.rows(), |row| {
        let (Some(key), Some(value)) = (keys.get(row), values.get(row)) else { return Ok(None) };
        Ok(Some(response_parameter_fault(key, value).is_none()))
    })
}
