//! Claims about what a client receives, beyond the test vectors.

use census_apigateway::Certainty;
use census_apigateway::simulate::{
    Answer, Backend, Integration, IntegrationKind, IntegrationResponse, Outcome, Payload, Route,
    Simulation, simulate, trace,
};

const LAMBDA: &str = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations";

fn response(key: &str) -> IntegrationResponse {
    IntegrationResponse {
        id: format!("id of {key}"),
        key: key.into(),
        ..IntegrationResponse::default()
    }
}

/// A message on a two-way route.
fn message(
    kind: IntegrationKind,
    responses: Vec<IntegrationResponse>,
    backend: Backend,
) -> Simulation {
    Simulation {
        integration: Integration { kind, uri: Some(LAMBDA.into()), ..Integration::default() },
        responses,
        route: Route {
            key: "ping".into(),
            response_selection_expression: Some("$default".into()),
            has_default_response: true,
            is_supposed: false,
        },
        backend,
        ..Simulation::default()
    }
}

fn answer(status: u16, body: &[u8]) -> Backend {
    Backend::Answer(Answer { status, body: body.to_vec(), ..Answer::default() })
}

#[test]
fn failed_function_is_matched_by_its_message() {
    let backend = Backend::Failure { message: "Error: no such room".into() };
    let responses = vec![response("/200/"), response("/.*no such.*/"), response("$default")];
    let explanation = simulate(&message(IntegrationKind::Aws, responses, backend));
    assert_eq!(explanation.selection_value.as_deref(), Some("Error: no such room"));
    assert_eq!(explanation.selected, Some(("id of /.*no such.*/".into(), "/.*no such.*/".into())));
    let reasons: Vec<&str> = explanation.considered.iter().map(|one| one.reason.as_str()).collect();
    insta::assert_snapshot!(reasons.join("\n"), @r#"
    does not match "Error: no such room"
    matches "Error: no such room"
    another key matches
    "#);
}

#[test]
fn no_match_is_an_error_frame_with_its_cause() {
    let mut simulation = message(IntegrationKind::Http, vec![response("/200/")], answer(404, b""));
    simulation.context.insert("connectionId".into(), "AAAA=".into());
    simulation.context.insert("requestId".into(), "BBBB=".into());
    let Outcome::ErrorFrame { payload, cause } = simulate(&simulation).outcome else {
        panic!("an error frame")
    };
    assert_eq!(
        payload,
        r#"{"message":"Internal server error","connectionId":"AAAA=","requestId":"BBBB="}"#
    );
    assert_eq!(cause, "no match, no $default");
}

#[test]
fn first_of_several_matching_keys_is_taken_and_assumed() {
    let responses = vec![response("/40\\d/"), response("/4\\d\\d/")];
    let explanation = simulate(&message(IntegrationKind::Http, responses, answer(404, b"x")));
    assert_eq!(explanation.also_matching, ["/4\\d\\d/"]);
    let step = explanation.steps.iter().find(|step| step.rule == "selection").unwrap();
    assert_eq!(step.certainty, Certainty::Assumed);
}

#[test]
fn one_way_route_returns_nothing_and_that_is_documented() {
    let mut simulation =
        message(IntegrationKind::Http, vec![response("$default")], answer(200, b"x"));
    simulation.route = Route { key: "ping".into(), ..Route::default() };
    let explanation = simulate(&simulation);
    assert!(matches!(explanation.outcome, Outcome::NoFrame { .. }));
    assert_eq!(explanation.certainty, Certainty::Documented);
}

#[test]
fn handshake_shows_headers_and_status_decides() {
    let mut one = response("$default");
    one.parameters =
        vec![("method.response.header.Sec-WebSocket-Protocol".into(), "'chat'".into())];
    let mut simulation = message(IntegrationKind::Http, vec![one], answer(200, b""));
    simulation.route.key = "$connect".into();
    let explanation = simulate(&simulation);
    let headers = vec![("Sec-WebSocket-Protocol".to_owned(), "chat".to_owned())];
    assert_eq!(explanation.outcome, Outcome::Handshake { accepted: true, headers, cause: None });
    simulation.backend = answer(403, b"");
    assert!(matches!(simulate(&simulation).outcome, Outcome::Handshake { accepted: false, .. }));
}

#[test]
fn bytes_become_text_before_the_template_sees_them() {
    let mut one = response("$default");
    one.content_handling = Some("CONVERT_TO_TEXT".into());
    one.templates = vec![("$default".into(), "<$input.body>".into())];
    let backend =
        Backend::Answer(Answer { body: vec![0, 1, 255], is_binary: true, ..Answer::default() });
    let explanation = simulate(&message(IntegrationKind::Http, vec![one], backend));
    assert_eq!(explanation.outcome, Outcome::Frame { payload: Payload::Text("<AAH/>".into()) });
}

#[test]
fn parameters_come_from_the_original_payload() {
    let mut one = response("$default");
    one.parameters =
        vec![("method.response.header.a".into(), "integration.response.body.a".into())];
    one.templates = vec![("$default".into(), "gone".into())];
    let explanation =
        simulate(&message(IntegrationKind::Http, vec![one], answer(200, b"{\"a\": 1}")));
    assert_eq!(explanation.headers[0].value, "1");
    assert_eq!(explanation.headers[0].source, "integration.response.body.a");
    assert!(!explanation.headers_are_observable);
}

#[test]
fn mock_takes_its_status_from_the_request_template() {
    let mut simulation =
        message(IntegrationKind::Mock, vec![response("/404/")], Backend::default());
    simulation.request_body = "{\"code\": 404}".into();
    simulation.integration.request_templates =
        vec![("$default".into(), "{statusCode: $input.path('$.code'),}".into())];
    let explanation = simulate(&simulation);
    assert_eq!(explanation.selected.map(|(_, key)| key).as_deref(), Some("/404/"));
    simulation.integration.request_templates = vec![("$default".into(), "{}".into())];
    assert!(matches!(simulate(&simulation).outcome, Outcome::ErrorFrame { .. }));
}

#[test]
fn payload_above_the_quota_is_not_delivered() {
    let simulation =
        message(IntegrationKind::HttpProxy, vec![], answer(200, &vec![b'x'; 128 * 1024 + 1]));
    assert!(matches!(simulate(&simulation).outcome, Outcome::NoFrame { .. }));
}

#[test]
fn failed_function_behind_a_proxy_is_an_error_frame() {
    let backend = Backend::Failure { message: "out of memory".into() };
    let explanation = simulate(&message(IntegrationKind::AwsProxy, Vec::new(), backend));
    let Outcome::ErrorFrame { cause, .. } = explanation.outcome else { panic!("an error frame") };
    assert_eq!(cause, "the function failed");
}

#[test]
fn values_in_sentences_are_short_and_on_one_line() {
    let text = format!("a\nb {}", "x".repeat(1 << 20));
    let backend = Backend::Failure { message: text.clone() };
    let responses = vec![response("/(?s)a.*/"), response("/b/"), response("$default")];
    let explanation = simulate(&message(IntegrationKind::Aws, responses, backend));
    assert_eq!(explanation.selection_value, Some(text));
    assert_eq!(explanation.selected.as_ref().map(|(_, key)| key.as_str()), Some("/(?s)a.*/"));
    let trace = trace(&explanation);
    assert!(trace.len() < 12_000, "{} bytes", trace.len());
    assert!(trace.contains("matches \"a\\nb xxx"), "{trace}");
}
