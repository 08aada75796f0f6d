//! Vectors of single steps: content conversion, expressions, mocks, selection, templates.

use crate::Verdict;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use census_apigateway::simulate::{
    BinaryTypes, ExpressionInput, IntegrationKind, IntegrationResponse, Payload, Strategy, convert,
    convert_rest, evaluate_expression, mock_status, select,
};
use census_apigateway::template::{Limits, Scope, Template, render};
use serde_json::{Map as JsonMap, Value as Json, json};
use std::collections::BTreeMap;

/// Compares two values and tells both where they differ.
pub fn same(actual: &Json, expect: &Json) -> Verdict {
    if actual == expect { Ok(()) } else { Err(format!("expected {expect}, got {actual}")) }
}

pub fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub fn map(value: &Json) -> JsonMap<String, Json> {
    value.as_object().cloned().unwrap_or_default()
}

/// The members of an object as pairs of texts.
pub fn pairs(value: &Json) -> Vec<(String, String)> {
    map(value).into_iter().map(|(name, value)| (name, text(&value))).collect()
}

/// `[["name", "value"], ...]`.
pub fn headers(value: &Json) -> Vec<(String, String)> {
    let list = value.as_array().cloned().unwrap_or_default();
    list.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

pub fn stage_variables(value: &Json) -> BTreeMap<String, String> {
    pairs(value).into_iter().collect()
}

pub fn content(input: &Json, expect: &Json) -> Verdict {
    let body = STANDARD.decode(text(&input["payload_b64"])).unwrap();
    let strategy = input["strategy"].as_str().and_then(Strategy::parse);
    let is_binary = input["payload_is_binary"].as_bool().unwrap_or_default();
    let converted = if input["mode"] == "rest" {
        let types = match input["binary_media_types"].as_bool() {
            Some(true) => BinaryTypes::Defined {
                answer_is_binary: is_binary,
                accepts_binary: input["accept_is_binary"].as_bool().unwrap_or_default(),
            },
            _ => BinaryTypes::Undefined,
        };
        convert_rest(strategy, &body, types)
    } else {
        convert(strategy, &body, is_binary)
    };
    let actual = match converted {
        Ok(Payload::Text(text)) => json!({"text": text}),
        Ok(Payload::Binary(bytes)) => json!({"bytes_b64": STANDARD.encode(bytes)}),
        Err(_) => json!({"error": 500}),
    };
    same(&actual, expect)
}

pub fn expression(input: &Json, expect: &Json) -> Verdict {
    let body = |name: &str| input.get(name).map(Json::to_string).unwrap_or_default();
    let (request_body, response_body) = (body("request_body"), body("response_body"));
    let headers = headers(&input["headers"]);
    let values = ExpressionInput {
        request_body: &request_body,
        status: input["status"].as_i64(),
        headers: &headers,
        response_body: &response_body,
    };
    let actual = match evaluate_expression(&text(&input["expr"]), &values) {
        Ok(value) => Json::from(value),
        Err(_) => json!({"error": "TSE-SYNTAX"}),
    };
    same(&actual, expect)
}

pub fn mock(input: &Json, expect: &Json) -> Verdict {
    let actual = match mock_status(&text(&input["mock_request_rendered"])) {
        Ok(status) => Json::from(status.to_string()),
        Err(_) => json!({"error": 500}),
    };
    same(&actual, expect)
}

pub fn selection(input: &Json, expect: &Json) -> Verdict {
    if IntegrationKind::parse(&text(&input["type"])).is_proxy() {
        return same(&Json::Null, expect);
    }
    let keys = input["keys"].as_array().unwrap().iter();
    let responses: Vec<IntegrationResponse> =
        keys.map(|key| IntegrationResponse { key: text(key), ..Default::default() }).collect();
    let selection = select(&responses, &text(&input["value"]));
    let actual = match selection.chosen {
        Some(place) => Json::from(responses[place].key.as_str()),
        None => json!({"error": "no match, no $default"}),
    };
    same(&actual, expect)
}

pub fn template(input: &Json, expect: &Json) -> Verdict {
    let scope = Scope {
        body: text(&input["body"]),
        context: map(&input["context"]),
        stage_variables: stage_variables(&input["stage_variables"]),
        variables: map(&input["vars"]),
        ..Scope::default()
    };
    let rendered = Template::parse(&text(&input["template"]))
        .and_then(|template| render(&template, &scope, &Limits::default()));
    match rendered {
        Ok(rendering) => printed(&rendering.text, expect),
        Err(_) if expect.get("error").is_some() => Ok(()),
        Err(error) => Err(format!("expected {expect}, got {error}")),
    }
}

/// Compares what a template printed: as text, as JSON, or without white space around it.
fn printed(actual: &str, expect: &Json) -> Verdict {
    if let Some(expect) = expect.get("json") {
        let json = serde_json::from_str(actual).map_err(|error| format!("{error} in {actual}"))?;
        return same(&json, expect);
    }
    if let Some(expect) = expect.get("trimmed") {
        return same(&Json::from(actual.trim()), expect);
    }
    same(&Json::from(actual), expect)
}
