//! Values of selection expressions.
//!
//! Source: API Gateway Developer Guide, "WebSocket selection expressions"; which expression an integration type has
//! was recorded by Terraform's acceptance tests.

use super::input::{Integration, IntegrationKind};
use crate::grammar::{JsonPath, SelectionExpression, Variable, VariableKind};
use crate::{Certainty, GrammarError};
use serde_json::Value as Json;

/// What the variables of an expression are read from.
#[derive(Debug, Clone, Copy, Default)]
pub struct ExpressionInput<'a> {
    /// The message of the client.
    pub request_body: &'a str,
    /// Status code of the backend's answer, if there is one.
    pub status: Option<i64>,
    /// Headers of the backend's answer.
    pub headers: &'a [(String, String)],
    /// Payload of the backend's answer.
    pub response_body: &'a str,
}

/// Evaluates a selection expression, once: its result is not looked at again.
///
/// # Errors
/// The expression does not parse.
pub fn evaluate_expression(
    text: &str,
    input: &ExpressionInput<'_>,
) -> Result<String, GrammarError> {
    Ok(SelectionExpression::parse(text)?.evaluate(|variable| resolve(variable, input)))
}

fn resolve(variable: &Variable, input: &ExpressionInput<'_>) -> Option<String> {
    match &variable.kind {
        VariableKind::RequestBody(path) => from_body(input.request_body, path),
        VariableKind::ResponseBody(path) => from_body(input.response_body, path),
        VariableKind::StatusCode => input.status.map(|status| status.to_string()),
        VariableKind::Header(name) => header(input.headers, name).map(str::to_owned),
        VariableKind::MultiValueHeader(name) => all_of_header(input.headers, name),
        VariableKind::Other => None,
    }
}

/// The last value of a header; names compare with their case.
pub(super) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// All values of a header, joined with commas.
pub(super) fn all_of_header(headers: &[(String, String)], name: &str) -> Option<String> {
    let values: Vec<&str> = headers
        .iter()
        .filter(|(other, _)| other == name)
        .map(|(_, value)| value.as_str())
        .collect();
    (!values.is_empty()).then(|| values.join(","))
}

fn from_body(body: &str, path: &JsonPath) -> Option<String> {
    let document: Json = serde_json::from_str(body).ok()?;
    let found = path.find(&document).ok()?.to_value()?;
    match &found {
        Json::Null => None,
        // "[item1, item2]": documented.
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            Some(format!("[{}]", items.join(", ")))
        }
        other => Some(plain(other)),
    }
}

/// A scalar without quotes, anything else as compact JSON.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(super) const STATUS_CODE: &str = "${integration.response.statuscode}";
pub(super) const ERROR_MESSAGE: &str = "${integration.response.body.errorMessage}";

/// The expression whose value selects a response, and how certain it is.
pub(super) fn response_selection(integration: &Integration) -> (String, Certainty) {
    if let Some(expression) = &integration.response_selection_expression
        && !expression.is_empty()
    {
        return (expression.clone(), Certainty::Documented);
    }
    match integration.kind {
        IntegrationKind::Http | IntegrationKind::Mock => {
            (STATUS_CODE.into(), Certainty::Documented)
        }
        IntegrationKind::Aws if is_lambda(integration.uri.as_deref()) != Some(false) => {
            let is_known = integration.uri.is_some();
            let certainty = if is_known { Certainty::Recorded } else { Certainty::Assumed };
            (ERROR_MESSAGE.into(), certainty)
        }
        _ => (STATUS_CODE.into(), Certainty::Assumed),
    }
}

/// Whether a URI invokes a Lambda function; `None` without a URI.
pub(crate) fn is_lambda(uri: Option<&str>) -> Option<bool> {
    let uri = uri?;
    Some(uri.contains(":lambda:path/") || (uri.contains(":lambda:") && uri.contains(":function:")))
}
