//! `render_template(template, body [, context])`.

use crate::functions::argument::Argument;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::TemplateError;
use census_apigateway::template::{Limits, Scope, Template, render};
use datafusion::arrow::array::{ArrayRef, StringArray};
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use serde_json::{Map, Value};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "render_template",
    syntax: "render_template(text, json) → text\nrender_template(text, text) → text\nrender_template(text, json, json) → text",
    summary: "Renders a mapping template over a payload as API Gateway does, with $context as the third argument; a template that does not parse or fails is 22023.",
    examples: &[
        Example {
            sql: "SELECT render_template('{\"error\": $input.json(''$.message'')}', '{\"message\": \"no such room\"}')",
            prints: "{\"error\": \"no such room\"}",
        },
        Example {
            sql: "SELECT render_template('#foreach($n in $input.path(''$.names''))<$n>#end', JSON '{\"names\": [\"a\", \"b\"]}')",
            prints: "<a><b>",
        },
        Example {
            sql: "SELECT render_template('$context.stage', JSON '{}', JSON '{\"stage\": \"prod\"}')",
            prints: "prod",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Json], Parameter::Text, render_json),
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Text, render_text),
        Overload::strict(
            &[Parameter::Text, Parameter::Json, Parameter::Json],
            Parameter::Text,
            render_json,
        ),
    ]),
};

/// What a row may take; a batch has thousands.
const LIMITS: Limits = Limits { steps: 200_000, text_bytes: 1 << 20, depth: 100, loop_turns: 1000 };

fn render_json(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bodies = arguments.json(1)?;
    let contexts = if arguments.count() > 2 { Some(arguments.json(2)?) } else { None };
    rendered(arguments, &bodies, contexts.as_ref())
}

fn render_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rendered(arguments, &arguments.text(1)?, None)
}

fn rendered(
    arguments: &Arguments<'_>,
    bodies: &Argument<StringArray>,
    contexts: Option<&Argument<StringArray>>,
) -> Result<ArrayRef> {
    let templates = arguments.text(0)?;
    // One template is mostly rendered over many payloads.
    let mut parsed: Option<Template> = None;
    rows::texts(arguments.rows(), |row| {
        let (Some(template), Some(body)) = (templates.get(row), bodies.get(row)) else {
            return Ok(None);
        };
        let context = match contexts.map(|contexts| contexts.get(row)) {
            None => Map::new(),
            Some(None) => return Ok(None),
            Some(Some(context)) => object(context)?,
        };
        if parsed.as_ref().is_none_or(|parsed| parsed.source() != template) {
            parsed = Some(Template::parse(template).map_err(|error| fault(&error))?);
        }
        let Some(template) = &parsed else { return Ok(None) };
        let scope = Scope { body: body.to_owned(), context, ..Scope::default() };
        let rendering = render(template, &scope, &LIMITS).map_err(|error| fault(&error))?;
        Ok(Some(rendering.text))
    })
}

fn object(context: &str) -> Result<Map<String, Value>> {
    match serde_json::from_str(context) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(rows::invalid("the context of a template is no object")),
    }
}

fn fault(error: &TemplateError) -> DataFusionError {
    rows::invalid(format!("template does not render: {error}"))
}
