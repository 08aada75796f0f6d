//! Vectors of whole messages: parameters, overrides, end to end.

use crate::Verdict;
use crate::small::{headers, map, pairs, same, stage_variables, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use census_apigateway::Certainty;
use census_apigateway::simulate::{
    Answer, Backend, Explanation, Integration, IntegrationKind, IntegrationResponse, Outcome,
    Payload, Route, Simulation, simulate,
};
use serde_json::{Value as Json, json};

fn two_way() -> Route {
    let response_selection_expression = Some("$default".to_owned());
    Route {
        key: "ping".into(),
        response_selection_expression,
        has_default_response: true,
        is_supposed: false,
    }
}

fn default_response(template: Option<&str>, parameters: &Json) -> IntegrationResponse {
    IntegrationResponse {
        key: "$default".into(),
        parameters: pairs(parameters),
        templates: template
            .map(|text| ("$default".to_owned(), text.to_owned()))
            .into_iter()
            .collect(),
        template_selection_expression: Some("\\$default".into()),
        ..IntegrationResponse::default()
    }
}

fn header_map(explanation: &Explanation) -> Json {
    let headers = explanation.headers.iter();
    Json::Object(
        headers.map(|header| (header.name.clone(), Json::from(header.value.as_str()))).collect(),
    )
}

pub fn parameters(input: &Json, expect: &Json) -> Verdict {
    let answer = Answer {
        headers: headers(&input["headers"]),
        body: text(&input["body"]).into_bytes(),
        ..Answer::default()
    };
    let simulation = Simulation {
        integration: Integration { kind: IntegrationKind::Http, ..Integration::default() },
        responses: vec![default_response(input["template"].as_str(), &input["params"])],
        route: two_way(),
        backend: Backend::Answer(answer),
        context: map(&input["context"]),
        stage_variables: stage_variables(&input["stage_variables"]),
        ..Simulation::default()
    };
    let explanation = simulate(&simulation);
    if matches!(explanation.outcome, Outcome::ErrorFrame { .. }) {
        return same(&json!({"error": 500}), expect);
    }
    same(&header_map(&explanation), expect)
}

pub fn overrides(input: &Json, expect: &Json) -> Verdict {
    let mock = input["mock_request_template"].as_str();
    let kind = if mock.is_some() { IntegrationKind::Mock } else { IntegrationKind::Http };
    let status = input["integration_response_status"].as_u64().unwrap_or(200);
    let answer = Answer {
        status: u16::try_from(status).unwrap(),
        body: text(&input["body"]).into_bytes(),
        ..Answer::default()
    };
    let simulation = Simulation {
        integration: Integration {
            kind,
            request_templates: mock
                .map(|text| ("$default".into(), text.into()))
                .into_iter()
                .collect(),
            template_selection_expression: Some("\\$default".into()),
            ..Integration::default()
        },
        responses: vec![default_response(input["response_template"].as_str(), &input["params"])],
        route: two_way(),
        backend: Backend::Answer(answer),
        request_body: text(&input["request_body"]),
        context: map(&input["context"]),
        ..Simulation::default()
    };
    let explanation = simulate(&simulation);
    if let Outcome::ErrorFrame { cause, .. } = &explanation.outcome {
        return if expect.get("error").is_some() { Ok(()) } else { Err(cause.clone()) };
    }
    for (name, value) in map(expect) {
        match name.as_str() {
            "status" => same(&json!(explanation.status), &value)?,
            "headers" | "header" => same(&header_map(&explanation), &value)?,
            "json" => {
                let rendered = explanation.rendered.as_deref().unwrap_or_default();
                let rendered = serde_json::from_str(rendered).map_err(|error| error.to_string())?;
                same(&rendered, &value)?;
            }
            "text" | "body" => same(&json!(explanation.rendered), &value)?,
            other => {
                return Err(format!(
                    "expectation \"{other}\" is not met: {:?}",
                    explanation.outcome
                ));
            }
        }
    }
    Ok(())
}

fn response(value: &Json) -> IntegrationResponse {
    let optional = |name: &str| value[name].as_str().map(str::to_owned);
    IntegrationResponse {
        id: text(&value["id"]),
        key: text(&value["key"]),
        parameters: pairs(&value["params"]),
        templates: pairs(&value["templates"]),
        template_selection_expression: optional("tse"),
        content_handling: optional("content_handling").or_else(|| optional("strategy")),
    }
}

fn backend(value: &Json) -> Backend {
    match value.as_str() {
        Some("unreachable") => return Backend::Unreachable,
        Some(_) => return Backend::TimedOut,
        None => {}
    }
    let body = value["body_b64"].as_str().or_else(|| value["payload_b64"].as_str());
    let body = match body {
        Some(encoded) => STANDARD.decode(encoded).unwrap(),
        None => text(&value["body"]).into_bytes(),
    };
    Backend::Answer(Answer {
        status: value["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or(200),
        headers: headers(&value["headers"]),
        body,
        is_binary: value["payload_is_binary"].as_bool().unwrap_or_default(),
    })
}

pub fn whole(input: &Json, expect: &Json, class: &str) -> Verdict {
    let route = &input["route"];
    let optional = |value: &Json| value.as_str().map(str::to_owned);
    let responses = input["irs"].as_array().cloned().unwrap_or_default();
    let simulation = Simulation {
        integration: Integration {
            kind: IntegrationKind::parse(&text(&input["type"])),
            uri: optional(&input["uri"]),
            response_selection_expression: optional(&input["irse"]),
            request_templates: pairs(&input["request_templates"]),
            template_selection_expression: optional(&input["request_tse"]),
        },
        responses: responses.iter().map(response).collect(),
        route: Route {
            key: text(&route["key"]),
            response_selection_expression: optional(&route["rrse"]),
            has_default_response: route["has_route_response"].as_bool().unwrap_or_default(),
            is_supposed: false,
        },
        backend: backend(&input["backend"]),
        request_body: text(&input["request_body"]),
        context: map(&input["context"]),
        stage_variables: stage_variables(&input["stage_variables"]),
    };
    let explanation = simulate(&simulation);
    if !matches!(class, "DOC" | "REC") && explanation.certainty != Certainty::Assumed {
        return Err(format!("certainty is {}: {:?}", explanation.certainty, explanation.steps));
    }
    map(expect).iter().try_for_each(|(name, value)| meets(&explanation, name, value))
}

fn meets(explanation: &Explanation, name: &str, value: &Json) -> Verdict {
    let outcome = &explanation.outcome;
    let differs = || Err(format!("\"{name}\" should be {value}, but: {outcome:?}"));
    match (name, outcome) {
        ("frame", Outcome::Frame { payload: Payload::Text(text) }) => same(&json!(text), value),
        ("frame_b64" | "bytes_b64", Outcome::Frame { payload: Payload::Binary(bytes) }) => {
            same(&json!(STANDARD.encode(bytes)), value)
        }
        ("no_frame", Outcome::NoFrame { reason }) if reason.contains(&text(value)) => Ok(()),
        ("error_frame" | "error", Outcome::ErrorFrame { .. }) => Ok(()),
        ("handshake", Outcome::Handshake { accepted, .. }) => same(&json!(accepted), value),
        ("headers", Outcome::Handshake { .. }) => same(&header_map(explanation), value),
        ("selected", _) => same(&json!(explanation.selected.as_ref().map(|(_, key)| key)), value),
        ("also_matching", _) => same(&json!(explanation.also_matching), value),
        ("template", _) => same(&json!(explanation.template_key), value),
        ("unobservable_headers", _) if !explanation.headers_are_observable => {
            same(&header_map(explanation), value)
        }
        ("dropped_headers", _) => same(&json!(explanation.dropped_headers), value),
        ("selection_value", _) => same(&json!(explanation.selection_value), value),
        ("certainty", _) => same(&json!(explanation.certainty.as_str()), value),
        ("diag", _) => {
            let codes: Vec<&str> = explanation.diagnostics.iter().map(|d| d.code).collect();
            let expected = value.as_array().cloned().unwrap_or_default();
            let has_all = expected.iter().all(|code| codes.contains(&text(code).as_str()));
            if has_all { Ok(()) } else { Err(format!("diagnostics {codes:?}, not {value}")) }
        }
        _ => differs(),
    }
}
