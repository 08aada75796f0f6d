//! `response_parameter_source(value)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::grammar::ParameterSource;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "response_parameter_source",
    syntax: "response_parameter_source(text) → text",
    summary: "Tells where the value of a response parameter comes from: header, multivalueheader, body, static, stage_variable or context; NULL for a text that is no mapping expression.",
    examples: &[
        Example {
            sql: "SELECT response_parameter_source('integration.response.header.X-Id')",
            prints: "header",
        },
        Example {
            sql: "SELECT response_parameter_source('integration.response.body.error.code')",
            prints: "body",
        },
        Example { sql: "SELECT response_parameter_source('''no-store''')", prints: "static" },
        Example { sql: "SELECT response_parameter_source('no-store')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        response_parameter_source,
    )]),
};

fn response_parameter_source(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let values = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let source = values.get(row).and_then(|value| ParameterSource::parse(value).ok());
        Ok(source.map(|source| match source {
            ParameterSource::Header(_) => "header",
            ParameterSource::MultiValueHeader(_) => "multivalueheader",
            ParameterSource::WholeBody | ParameterSource::Body { .. } => "body",
            ParameterSource::Static(_) => "static",
            ParameterSource::StageVariable(_) => "stage_variable",
            ParameterSource::Context { .. } => "context",
        }))
    })
}
