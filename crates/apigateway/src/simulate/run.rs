//! The simulator itself: from a backend's answer to what the client receives.

use super::backend::{Received, receive, rendered};
use super::content::{Payload, Strategy, convert};
use super::excerpt::excerpt;
use super::input::{
    Answer, Backend, Integration, IntegrationKind, IntegrationResponse, Simulation,
};
use super::outcome::{Explanation, MappedHeader, Outcome};
use super::parameters::{ParameterInput, map_parameters};
use super::select::select;
use super::selection_value::{
    ERROR_MESSAGE, ExpressionInput, STATUS_CODE, evaluate_expression, response_selection,
};
use super::template_choice::{TemplateChoice, choose_template};
use crate::Certainty::{self, Assumed, Documented, Recorded};
use crate::TemplateFault;
use crate::template::Overrides;
use serde_json::Value as Json;

/// Largest message in bytes: 128 KB (API Gateway Developer Guide, WebSocket quotas).
pub const MAXIMUM_MESSAGE_BYTES: usize = 128 * 1024;

/// What the client receives, and why.
#[must_use]
pub fn simulate(simulation: &Simulation) -> Explanation {
    let mut run = Run { simulation, explanation: Explanation::new() };
    run.explanation.outcome = run.outcome();
    run.explanation
}

pub(super) struct Run<'a> {
    pub simulation: &'a Simulation,
    pub explanation: Explanation,
}

/// A response, or why none can be made, as a clause.
pub(super) type Made = Result<(u16, Payload), String>;

impl Run<'_> {
    fn outcome(&mut self) -> Outcome {
        let is_connect = self.simulation.route.key == "$connect";
        if !is_connect && let Some(reason) = self.silence() {
            return Outcome::NoFrame { reason };
        }
        let made = self.response();
        if is_connect {
            return self.handshake(made);
        }
        match made {
            Err(cause) => self.error_frame(cause),
            Ok((_, payload)) if payload.len() > MAXIMUM_MESSAGE_BYTES => {
                let sentence = "a message has 128 KB at most";
                self.explanation.step("message-size", Documented, sentence);
                Outcome::NoFrame { reason: "the payload is larger than 128 KB".into() }
            }
            Ok((_, payload)) => Outcome::Frame { payload },
        }
    }

    fn response(&mut self) -> Made {
        let is_proxy = self.simulation.integration.kind.is_proxy();
        if is_proxy && matches!(self.simulation.backend, Backend::Failure { .. }) {
            let sentence =
                "a failed function has no payload that a proxy integration could pass on";
            self.explanation.step("proxy-failure", Assumed, sentence);
            return Err("the function failed".into());
        }
        let received = receive(self.simulation, &mut self.explanation)?;
        self.explanation.status = u16::try_from(received.status).ok();
        if is_proxy {
            return Ok(self.passed_on(&received.answer));
        }
        let chosen = self.selected(&received)?;
        let response = self.simulation.responses.get(chosen).ok_or("no response is selected")?;
        self.map_headers(response, &received.answer)?;
        let strategy = self.strategy(response);
        let answer = &received.answer;
        if let Some((certainty, sentence)) = conversion(strategy, answer.is_binary) {
            self.explanation.step("content-handling", certainty, sentence);
        }
        let payload =
            convert(strategy, &answer.body, answer.is_binary).map_err(|fault| fault.to_string())?;
        let payload = self.templated(response, &received, payload, strategy)?;
        let status = self.explanation.status.unwrap_or(200);
        Ok((status, payload))
    }

    /// A proxy integration: the backend's output is the complete payload; a Lambda proxy answers with an object
    /// that holds it.
    fn passed_on(&mut self, answer: &Answer) -> (u16, Payload) {
        if !self.simulation.responses.is_empty() {
            let sentence = "integration responses of a proxy integration do nothing";
            self.explanation.diagnose("IR-INEFFECTIVE-PROXY", sentence);
        }
        self.explanation.dropped_headers = names(answer);
        let raw = if answer.is_binary {
            Payload::Binary(answer.body.clone())
        } else {
            Payload::Text(answer.text())
        };
        self.explanation.step("proxy", Documented, "a proxy integration passes on what the backend answers, without looking at integration responses");
        if self.simulation.integration.kind != IntegrationKind::AwsProxy {
            return (answer.status, raw);
        }
        let document: Option<Json> = serde_json::from_slice(&answer.body).ok();
        let Some(Json::Object(members)) = document else { return (answer.status, raw) };
        let status =
            members.get("statusCode").and_then(Json::as_u64).and_then(|s| u16::try_from(s).ok());
        let status = status.unwrap_or(answer.status);
        self.explanation.status = Some(status);
        let Some(Json::String(body)) = members.get("body") else { return (status, raw) };
        let sentence =
            "of an object that a Lambda proxy answers, the member \"body\" is the payload";
        self.explanation.step("proxy-body", Assumed, sentence);
        (status, Payload::Text(body.clone()))
    }

    fn selected(&mut self, received: &Received) -> Result<usize, String> {
        let simulation = self.simulation;
        let (expression, certainty) = response_selection(&simulation.integration);
        let body = received.answer.text();
        let input = expression_input(simulation, received, &body);
        let value = evaluate_expression(&expression, &input).map_err(|error| error.to_string())?;
        let sentence = format!(
            "keys are compared with {}",
            compared(&simulation.integration, &expression, &value)
        );
        self.explanation.step("selection-value", certainty, sentence);
        let selection = select(&simulation.responses, &value);
        let explanation = &mut self.explanation;
        explanation.considered = selection.considered;
        explanation.also_matching = selection
            .also_matching
            .iter()
            .map(|place| simulation.responses[*place].key.clone())
            .collect();
        for key in &selection.bare_keys {
            let sentence = format!("the key \"{key}\" is not of the form \"/expression/\"");
            explanation.diagnose("IR-KEY-FORMAT", sentence);
        }
        if !explanation.also_matching.is_empty() {
            let sentence =
                "several keys match; the first one listed is taken, AWS may take another";
            explanation.diagnose("AMBIGUOUS", sentence);
        }
        explanation.selection_value = Some(value);
        let Some(chosen) = selection.chosen else {
            let sentence = if simulation.responses.is_empty() {
                "the integration has no integration response to answer with"
            } else {
                "no key matches the whole value, and there is no \"$default\" to fall back on"
            };
            explanation.step("no-match", Assumed, sentence);
            return Err("no match, no $default".into());
        };
        let response = &simulation.responses[chosen];
        explanation.selected = Some((response.id.clone(), response.key.clone()));
        let sentence =
            format!("the integration response with the key \"{}\" is taken", response.key);
        explanation.step("selection", selection.certainty, sentence);
        Ok(chosen)
    }

    fn map_headers(
        &mut self,
        response: &IntegrationResponse,
        answer: &Answer,
    ) -> Result<(), String> {
        let body = answer.text();
        let input = ParameterInput {
            headers: &answer.headers,
            body: &body,
            context: &self.simulation.context,
            stage_variables: &self.simulation.stage_variables,
        };
        let mapped =
            map_parameters(&response.parameters, &input).map_err(|fault| fault.to_string())?;
        self.explanation.headers = mapped.headers;
        self.explanation.omitted_headers = mapped.omitted;
        self.explanation.dropped_headers = names(answer);
        if !response.parameters.is_empty() {
            let sentence =
                "headers are made from the backend's answer as the response parameters say";
            self.explanation.step("parameters", Assumed, sentence);
        }
        if !answer.headers.is_empty() {
            let sentence = "headers of the backend that are not mapped are dropped";
            self.explanation.step("dropped-headers", Assumed, sentence);
        }
        Ok(())
    }

    fn strategy(&mut self, response: &IntegrationResponse) -> Option<Strategy> {
        let text = response.content_handling.as_deref()?;
        let strategy = Strategy::parse(text);
        if strategy.is_none() {
            let sentence = format!("the content handling strategy \"{text}\" is not known");
            self.explanation.diagnose("CH-ENUM", sentence);
            self.explanation.step("content-handling", Assumed, "the payload passes unchanged");
        }
        strategy
    }

    fn templated(
        &mut self,
        response: &IntegrationResponse,
        received: &Received,
        payload: Payload,
        strategy: Option<Strategy>,
    ) -> Result<Payload, String> {
        let simulation = self.simulation;
        let body = received.answer.text();
        let input = expression_input(simulation, received, &body);
        let expression = response.template_selection_expression.as_deref();
        let choice = choose_template(&response.templates, expression, &input)
            .map_err(|error| format!("the template selection expression: {error}"))?;
        let Some((key, text)) = self.applied(choice) else {
            self.apply(received.overrides.clone());
            return Ok(payload);
        };
        self.explanation.template_key = Some(key.to_owned());
        if text.is_empty() {
            self.explanation.step(
                "template",
                Assumed,
                "an empty template passes the payload unchanged",
            );
            self.apply(received.overrides.clone());
            return Ok(payload);
        }
        let seen = match &payload {
            Payload::Text(text) => text.clone(),
            Payload::Binary(_) if strategy == Some(Strategy::ToBinary) => {
                self.explanation.step("template", Assumed, "a template cannot be applied to bytes");
                return Err("a template cannot be applied to a binary payload".into());
            }
            Payload::Binary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        };
        let reason = chosen_by(expression, key, &input);
        let sentence = format!("the template \"{key}\" is applied: {reason}");
        self.explanation.step("template", Assumed, sentence);
        let rendering =
            rendered(text, &seen, simulation, received.overrides.clone()).map_err(|error| {
                let certainty = if error.fault.is_limit() { Assumed } else { Recorded };
                let certainty = match error.fault {
                    TemplateFault::OverrideTwice { .. } => Documented,
                    _ => certainty,
                };
                self.explanation.step(
                    "template-fault",
                    certainty,
                    "a template that fails is an internal error",
                );
                format!("the template does not render: {error}")
            })?;
        self.apply(rendering.overrides);
        self.explanation.blanks = rendering.blanks;
        self.explanation.rendered = Some(rendering.text.clone());
        Ok(Payload::Text(rendering.text))
    }

    /// The key and text of the template to apply, if there is one.
    fn applied<'t>(&mut self, choice: TemplateChoice<'t>) -> Option<(&'t str, &'t str)> {
        let explanation = &mut self.explanation;
        match choice {
            TemplateChoice::Chosen(key, text) => Some((key, text)),
            TemplateChoice::OnlyOne(key, text) => {
                let sentence = "no expression selects a template; the only one is taken";
                explanation.diagnose("TEMPLATE-ONLY-ONE", sentence);
                Some((key, text))
            }
            TemplateChoice::NoTemplates => {
                explanation.step(
                    "template",
                    Assumed,
                    "the response has no templates, so that the payload passes unchanged",
                );
                None
            }
            TemplateChoice::Unknown => {
                let sentence = "no template has the selected key and none is \"$default\"";
                explanation.diagnose("TEMPLATE-FALLBACK-UNKNOWN", sentence);
                explanation.step("template", Assumed, "the payload passes unchanged");
                None
            }
        }
    }

    /// Overrides replace what was mapped, after everything else (API Gateway Developer Guide, override request and
    /// response parameters).
    fn apply(&mut self, overrides: Overrides) {
        let explanation = &mut self.explanation;
        if overrides.changes_response() {
            explanation.step(
                "overrides",
                Recorded,
                "overrides of templates replace status and headers",
            );
        }
        if let Some(status) = overrides.status() {
            explanation.status = Some(status);
        }
        for (name, value) in overrides.headers() {
            let source = format!("$context.responseOverride.header.{name}");
            match explanation.headers.iter_mut().find(|header| header.name == name) {
                Some(header) => *header = MappedHeader { name, value, source },
                None => explanation.headers.push(MappedHeader { name, value, source }),
            }
        }
        if !explanation.headers.is_empty() && self.simulation.route.key != "$connect" {
            let sentence =
                "data frames have no headers: the client sees none of those that were made";
            explanation.step("unobservable-headers", Assumed, sentence);
        }
        explanation.overrides = overrides;
    }
}

/// What becomes of a payload before the template sees it, in words; nothing of text without a strategy.
fn conversion(strategy: Option<Strategy>, is_binary: bool) -> Option<(Certainty, &'static str)> {
    Some(match (strategy, is_binary) {
        (Some(Strategy::ToText), true) => {
            (Documented, "\"CONVERT_TO_TEXT\" makes base64 text of the bytes")
        }
        (Some(Strategy::ToText), false) => {
            (Documented, "\"CONVERT_TO_TEXT\" leaves a payload that is text already")
        }
        (Some(Strategy::ToBinary), false) => {
            (Documented, "\"CONVERT_TO_BINARY\" reads the text as base64 and makes bytes of it")
        }
        (Some(Strategy::ToBinary), true) => {
            (Documented, "\"CONVERT_TO_BINARY\" leaves a payload of bytes")
        }
        (None, true) => (Assumed, "no content handling strategy is set: the bytes pass unchanged"),
        (None, false) => return None,
    })
}

/// Why a template is the one, in words.
fn chosen_by(expression: Option<&str>, key: &str, input: &ExpressionInput<'_>) -> String {
    let Some(expression) = expression.filter(|expression| !expression.is_empty()) else {
        return "there is no template selection expression".to_owned();
    };
    let value = evaluate_expression(expression, input).unwrap_or_default();
    if value == key {
        format!("the template selection expression \"{expression}\" yields its key")
    } else {
        let value = excerpt(&value);
        format!("no template has the key \"{value}\", which \"{expression}\" yields")
    }
}

/// What keys are compared with, in words.
fn compared(integration: &Integration, expression: &str, value: &str) -> String {
    let is_message = expression == ERROR_MESSAGE;
    let what = match integration.kind {
        _ if expression == STATUS_CODE => "the backend's status code",
        IntegrationKind::Aws if is_message && value.is_empty() => {
            return format!(
                "the error message of the function, \"{expression}\", which is empty: the function did not fail"
            );
        }
        IntegrationKind::Aws if is_message => "the error message of the function",
        _ => "the value of the integration's expression",
    };
    format!("{what}, \"{expression}\", which is \"{}\"", excerpt(value))
}

fn expression_input<'a>(
    simulation: &'a Simulation,
    received: &'a Received,
    body: &'a str,
) -> ExpressionInput<'a> {
    ExpressionInput {
        request_body: &simulation.request_body,
        status: Some(received.status),
        headers: &received.answer.headers,
        response_body: body,
    }
}

fn names(answer: &Answer) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in &answer.headers {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
