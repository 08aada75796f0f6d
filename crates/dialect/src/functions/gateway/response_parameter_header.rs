//! `response_parameter_header(key)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::grammar::ParameterTarget;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "response_parameter_header",
    syntax: "response_parameter_header(text) → text",
    summary: "Returns the header that the key of a response parameter sets; NULL for a key that sets none.",
    examples: &[
        Example {
            sql: "SELECT response_parameter_header('method.response.header.X-Id')",
            prints: "X-Id",
        },
        Example {
            sql: "SELECT response_parameter_header('overwrite:header.X-Id')",
            prints: "NULL",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        response_parameter_header,
    )]),
};

fn response_parameter_header(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let keys = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let target = keys.get(row).and_then(|key| ParameterTarget::parse(key).ok());
        Ok(target.map(|target| target.header))
    })
}
