//! Vectors of the checker.

use crate::Verdict;
use crate::small::{pairs, same, text};
use census_apigateway::check::{
    ApiFacts, IntegrationFacts, IntegrationResponseFacts, RouteFacts, RouteResponseFacts, Severity,
    check as findings,
};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

const LAMBDA: &str = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:f/invocations";

/// A route as an object, or as its key where it answers.
fn route(value: &Json) -> RouteFacts {
    if let Some(key) = value.as_str() {
        return route(&json!({"key": key, "rrse": "$default", "has_route_response": true}));
    }
    let has_response = value["has_route_response"].as_bool().unwrap_or_default();
    let response = RouteResponseFacts { key: "$default".into() };
    RouteFacts {
        id: "r1".into(),
        key: value["key"].as_str().unwrap_or("ping").to_owned(),
        target: Some("integrations/i1".into()),
        response_selection_expression: value["rrse"].as_str().map(str::to_owned),
        responses: Some(if has_response { vec![response] } else { Vec::new() }),
    }
}

/// Routes are known where a type is: one two-way route, unless the vector says otherwise.
fn routes(input: &Json) -> Option<Vec<RouteFacts>> {
    if let Some(routes) = input["routes"].as_array() {
        return Some(routes.iter().map(route).collect());
    }
    match input.get("route") {
        Some(Json::Null) => Some(Vec::new()),
        Some(value) => Some(vec![route(value)]),
        None if input.get("type").is_some() => {
            Some(vec![route(&json!({"rrse": "$default", "has_route_response": true}))])
        }
        None => None,
    }
}

fn responses(input: &Json) -> Vec<IntegrationResponseFacts> {
    if let Some(keys) = input["keys"].as_array() {
        let response = |key: &Json| IntegrationResponseFacts {
            key: Some(text(key)),
            parameters: pairs(&input["params"]),
            ..Default::default()
        };
        return keys.iter().map(response).collect();
    }
    let mut templates = pairs(&input["templates"]);
    let mut expression = input["tse"].as_str().map(str::to_owned);
    if let Some(length) = input["template_length"].as_u64() {
        templates.push(("$default".into(), "x".repeat(usize::try_from(length).unwrap())));
        expression = Some("\\$default".into());
    }
    vec![IntegrationResponseFacts {
        key: input["key"].as_str().map(str::to_owned),
        parameters: pairs(&input["params"]),
        templates,
        template_selection_expression: expression,
        content_handling: input["content_handling"].as_str().map(str::to_owned),
        ..Default::default()
    }]
}

pub fn check(input: &Json, expect: &Json) -> Verdict {
    let kind = input["type"].as_str();
    let (kind, uri) = match kind {
        Some("AWS-LAMBDA") => (Some("AWS"), Some(LAMBDA)),
        other => (other, input["uri"].as_str()),
    };
    let integration = IntegrationFacts {
        id: "i1".into(),
        kind: kind.map(str::to_owned),
        uri: uri.map(str::to_owned),
        responses: Some(responses(input)),
    };
    let protocol = input["protocol"].as_str().unwrap_or("WEBSOCKET").to_owned();
    let api = ApiFacts {
        protocol: Some(protocol),
        integrations: vec![integration],
        routes: routes(input),
    };
    let expected: BTreeSet<String> = expect.as_array().unwrap().iter().map(text).collect();
    let found: BTreeSet<String> = findings(&api)
        .iter()
        .map(|finding| {
            let letter = match finding.severity {
                Severity::Error => "E",
                Severity::Warning => "W",
                Severity::Information => "I",
            };
            let with_severity = format!("{}:{letter}", finding.rule.id);
            if expected.contains(&with_severity) {
                with_severity
            } else {
                finding.rule.id.to_owned()
            }
        })
        .collect();
    same(&json!(found), &json!(expected))
}
