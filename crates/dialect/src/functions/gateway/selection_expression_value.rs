//! `selection_expression_value(expression, request_body)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::simulate::{ExpressionInput, evaluate_expression};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "selection_expression_value",
    syntax: "selection_expression_value(text, json) → text",
    summary: "Evaluates a selection expression over the message of a client; what has no value is empty. An expression that does not parse is 22023.",
    examples: &[
        Example {
            sql: "SELECT selection_expression_value('${request.body.service}/$request.body.action', '{\"service\": \"chat\", \"action\": \"join\"}')",
            prints: "chat/join",
        },
        Example {
            sql: "SELECT selection_expression_value('\\$default', '{}')",
            prints: "$default",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Json],
        Parameter::Text,
        selection_expression_value,
    )]),
};

fn selection_expression_value(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (expressions, bodies) = (arguments.text(0)?, arguments.json(1)?);
    rows::texts(arguments.rows(), |row| {
        let (Some(expression), Some(body)) = (expressions.get(row), bodies.get(row)) else {
            return Ok(None);
        };
        let input = ExpressionInput { request_body: body, ..ExpressionInput::default() };
        let value = evaluate_expression(expression, &input)
            .map_err(|error| rows::invalid(format!("invalid selection expression: {error}")))?;
        Ok(Some(value))
    })
}
