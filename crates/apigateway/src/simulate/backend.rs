//! The backend's answer as API Gateway sees it: that of a MOCK integration comes from its request template.

use super::input::{Answer, Backend, IntegrationKind, Simulation};
use super::mock::mock_status;
use super::outcome::Explanation;
use super::selection_value::ExpressionInput;
use super::template_choice::{TemplateChoice, choose_template};
use crate::Certainty;
use crate::template::{Limits, Overrides, Rendering, Scope, Template, render};
use serde_json::json;

/// The answer, its status as text where that is no HTTP status, and what request templates set.
pub(super) struct Received {
    pub answer: Answer,
    /// The status that keys are matched against; that of a MOCK integration may be any integer.
    pub status: i64,
    pub overrides: Overrides,
}

/// The answer, or why there is none, as a clause.
pub(super) fn receive(
    simulation: &Simulation,
    explanation: &mut Explanation,
) -> Result<Received, String> {
    let integration = &simulation.integration;
    if integration.kind == IntegrationKind::Mock && !integration.request_templates.is_empty() {
        return mocked(simulation, explanation);
    }
    let answer = match &simulation.backend {
        Backend::Answer(answer) => answer.clone(),
        Backend::Failure { message } => {
            explanation.step(
                "lambda-failure",
                Certainty::Recorded,
                "a failed function answers with an object that has \"errorMessage\"",
            );
            let body = json!({"errorMessage": message, "errorType": "Exception"}).to_string();
            Answer { body: body.into_bytes(), ..Answer::default() }
        }
        Backend::Unreachable => return Err("the backend cannot be reached".into()),
        Backend::TimedOut => return Err("the backend did not answer in time".into()),
    };
    let status = i64::from(answer.status);
    Ok(Received { answer, status, overrides: Overrides::default() })
}

fn mocked(simulation: &Simulation, explanation: &mut Explanation) -> Result<Received, String> {
    let integration = &simulation.integration;
    let input =
        ExpressionInput { request_body: &simulation.request_body, ..ExpressionInput::default() };
    let expression = integration.template_selection_expression.as_deref();
    let choice = choose_template(&integration.request_templates, expression, &input)
        .map_err(|error| format!("the request's template selection expression: {error}"))?;
    let (TemplateChoice::Chosen(_, text) | TemplateChoice::OnlyOne(_, text)) = choice else {
        return Err("no request template is selected, so the mock has no status".into());
    };
    let rendering = rendered(text, &simulation.request_body, simulation, Overrides::default())
        .map_err(|fault| format!("the request template does not render: {fault}"))?;
    let status = mock_status(&rendering.text).map_err(|fault| fault.to_string())?;
    explanation.step(
        "mock-status",
        Certainty::Documented,
        format!("the request template of the mock asks for status {status}"),
    );
    let answer = Answer { status: u16::try_from(status).unwrap_or(200), ..Answer::default() };
    Ok(Received { answer, status, overrides: rendering.overrides })
}

/// Renders a template over a payload.
pub(super) fn rendered(
    template: &str,
    body: &str,
    simulation: &Simulation,
    overrides: Overrides,
) -> Result<Rendering, crate::TemplateError> {
    let scope = Scope {
        body: body.to_owned(),
        context: simulation.context.clone(),
        stage_variables: simulation.stage_variables.clone(),
        overrides,
        ..Scope::default()
    };
    render(&Template::parse(template)?, &scope, &Limits::default())
}
