//! What each fault makes of a scope.

use crate::witness::{API, INTEGRATION, PAYMENTS, RESPONSE, collect, ended, options, outcome};
use census_collect::RunReport;
use census_directory::scope::Outcome;
use census_sandbox::{Effect, FaultRule, Inventory, Sandbox, SandboxOptions};
use std::time::Duration;

async fn census_with(rules: Vec<FaultRule>) -> (RunReport, Sandbox) {
    let sandbox =
        Sandbox::start(SandboxOptions::new(Inventory::sample()).quota(None)).await.unwrap();
    sandbox.set_faults(rules);
    let (report, _) = collect(options(&sandbox, &[API, INTEGRATION, RESPONSE])).await;
    (report.unwrap(), sandbox)
}

fn on(operation: &str, effect: Effect) -> FaultRule {
    FaultRule::new(effect).operation(operation)
}

const SLOW_DOWN: Effect = Effect::Throttle { retry_after_seconds: None };

#[tokio::test]
async fn passing_faults_leave_a_complete_census() {
    for effect in [
        SLOW_DOWN,
        Effect::Throttle { retry_after_seconds: Some(0) },
        Effect::ServerError(500),
        Effect::ServerError(503),
        Effect::Reset,
        Effect::ResetInBody,
        Effect::Truncated,
        Effect::Malformed,
        Effect::ExpiredToken,
    ] {
        let (report, _) = census_with(vec![on("GetIntegrations", effect.clone()).times(1)]).await;
        assert!(report.is_complete(), "{effect:?}: {report:?}");
    }
}

#[tokio::test]
async fn lasting_faults_have_their_own_outcomes() {
    for (effect, expected) in [
        (Effect::Denied, Outcome::Denied),
        (SLOW_DOWN, Outcome::Throttled),
        (Effect::ServerError(500), Outcome::Failed),
        (Effect::Reset, Outcome::Failed),
        (Effect::Truncated, Outcome::Failed),
        (Effect::Malformed, Outcome::Failed),
        (Effect::ExpiredToken, Outcome::Denied),
    ] {
        let (report, _) = census_with(vec![on("GetIntegrations", effect.clone())]).await;
        assert_eq!(outcome(&report, API), Outcome::Complete, "{effect:?}");
        assert_eq!(outcome(&report, INTEGRATION), expected, "{effect:?}");
        assert_eq!(outcome(&report, RESPONSE), expected, "{effect:?}");
    }
}

#[tokio::test]
async fn denied_access_names_what_to_allow() {
    let (report, _) = census_with(vec![on("GetIntegrations", Effect::Denied)]).await;
    let report = ended(&report, INTEGRATION);
    assert_eq!(report.error_code.as_deref(), Some("AccessDeniedException"));
    let message = report.error_message.unwrap();
    assert!(
        message.starts_with(
            "GetIntegrations was denied, allow \"apigateway:GET\" on \
             \"arn:aws:apigateway:us-east-1::/apis/*/integrations\": User: "
        ),
        "{message}"
    );
}

#[tokio::test]
async fn what_fails_above_is_named_below() {
    let (report, sandbox) = census_with(vec![on("GetApis", Effect::Denied)]).await;
    let below = ended(&report, RESPONSE);
    assert_eq!((below.outcome, below.calls), (Outcome::Denied, 0));
    assert!(below.error_message.unwrap().contains("\"aws.apigatewayv2_api\""));
    assert_eq!(sandbox.count_by_operation()["GetApis"], 1);
}

#[tokio::test]
async fn one_denied_parent_makes_a_partial_scope() {
    let api =
        Inventory::sample().accounts[PAYMENTS].regions["us-east-1"].apis[0].item["apiId"].clone();
    let rule = on("GetIntegrations", Effect::Denied).parent(api.as_str().unwrap());
    let (report, _) = census_with(vec![rule]).await;
    assert_eq!(outcome(&report, INTEGRATION), Outcome::Partial);
    assert_eq!(outcome(&report, RESPONSE), Outcome::Partial);
    assert_eq!(ended(&report, RESPONSE).error_code.as_deref(), Some("AccessDeniedException"));
}

#[tokio::test]
async fn a_parent_deleted_meanwhile_is_no_failure() {
    let api =
        Inventory::sample().accounts[PAYMENTS].regions["us-east-1"].apis[0].item["apiId"].clone();
    let rule = on("GetIntegrations", Effect::NotFound).parent(api.as_str().unwrap());
    assert!(census_with(vec![rule]).await.0.is_complete());
}

#[tokio::test]
async fn throttled_calls_are_counted() {
    let (report, _) = census_with(vec![on("GetApis", SLOW_DOWN).times(2)]).await;
    let report = ended(&report, API);
    assert_eq!((report.outcome, report.calls, report.throttles), (Outcome::Complete, 3, 2));
}

#[tokio::test]
async fn lasting_throttling_says_what_to_do() {
    let (report, _) = census_with(vec![on("GetApis", SLOW_DOWN)]).await;
    let report = ended(&report, API);
    assert_eq!((report.calls, report.throttles), (10, 10));
    insta::assert_snapshot!(report.error_message.unwrap(), @"GetApis was throttled, retry later or with a larger --reserve: Too Many Requests");
}

#[tokio::test]
async fn a_hopeless_dataset_is_not_asked_for_every_parent() {
    let (report, sandbox) = census_with(vec![on("GetIntegrationResponses", Effect::Denied)]).await;
    assert_eq!(outcome(&report, RESPONSE), Outcome::Denied);
    // Sixteen failures in a row, and what was in flight beside them.
    assert!(sandbox.count_by_operation()["GetIntegrationResponses"] <= 16 + 8);
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_named() {
    let (report, sandbox) = census_with(vec![on("GetApis", Effect::Reset)]).await;
    let report = ended(&report, API);
    assert_eq!((report.outcome, report.calls), (Outcome::Failed, 5));
    let message = report.error_message.unwrap();
    let told = format!("GetApis failed: the connection to \"{}\" broke off", sandbox.url());
    assert!(message.starts_with(&told), "{message}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_not_waited_for() {
    let sandbox = Sandbox::start(SandboxOptions::new(Inventory::sample())).await.unwrap();
    sandbox.set_faults(vec![on("GetApis", Effect::Stall(Duration::from_hours(1)))]);
    let mut options = options(&sandbox, &[API]);
    options.retry.attempt_timeout = Duration::from_millis(50);
    options.retry.attempts = 2;
    let report = ended(&collect(options).await.0.unwrap(), API);
    assert_eq!((report.outcome, report.calls), (Outcome::Failed, 2));
    let told = format!("GetApis failed: \"{}\" did not answer in time", sandbox.url());
    assert_eq!(report.error_message, Some(told));
}
