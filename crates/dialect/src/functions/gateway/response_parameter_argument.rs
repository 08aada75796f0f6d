//! `response_parameter_argument(value)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::grammar::ParameterSource;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "response_parameter_argument",
    syntax: "response_parameter_argument(text) → text",
    summary: "Returns what follows the source of a response parameter: the header, the path in the payload (empty for all of it), the static text, or the variable; NULL for a text that is no mapping expression.",
    examples: &[
        Example {
            sql: "SELECT response_parameter_argument('integration.response.header.X-Id')",
            prints: "X-Id",
        },
        Example {
            sql: "SELECT response_parameter_argument('integration.response.body.error.code')",
            prints: "error.code",
        },
        Example { sql: "SELECT response_parameter_argument('''no-store''')", prints: "no-store" },
        Example {
            sql: "SELECT response_parameter_argument('integration.response.statuscode')",
            prints: "NULL",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        response_parameter_argument,
    )]),
};

fn response_parameter_argument(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let values = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let source = values.get(row).and_then(|value| ParameterSource::parse(value).ok());
        Ok(source.map(|source| match source {
            ParameterSource::Header(text)
            | ParameterSource::MultiValueHeader(text)
            | ParameterSource::Static(text)
            | ParameterSource::StageVariable(text)
            | ParameterSource::Context { text, .. } => text,
            ParameterSource::Body { text, .. } => {
                text.strip_prefix('.').map_or_else(|| text.clone(), str::to_owned)
            }
            ParameterSource::WholeBody => String::new(),
        }))
    })
}
