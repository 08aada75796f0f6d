//! What each fault makes of a scope.

use crate::stranger::{Stranger, json};
use crate::witness::{
    API, INTEGRATION, PAYMENTS, RESPONSE, Witness, collect, ended, options, outcome,
};
use census_collect::{CollectOptions, Collector, Event, Progress, RunReport, Sink};
use census_directory::Directory;
use census_directory::scope::Outcome;
use census_sandbox::{Effect, FaultRule, Inventory, Sandbox, SandboxOptions};
use std::sync::Arc;
use std::time::Duration;

async fn census_with(rules: Vec<FaultRule>) -> (RunReport, Sandbox) {
    let (sandbox, options) = census_sandbox(rules).await;
    (collect(options).await.0.unwrap(), sandbox)
}

async fn census_sandbox(rules: Vec<FaultRule>) -> (Sandbox, CollectOptions) {
    let sandbox =
        Sandbox::start(SandboxOptions::new(Inventory::sample()).quota(None)).await.unwrap();
    sandbox.set_faults(rules);
    let options = options(&sandbox, &[API, INTEGRATION, RESPONSE]);
    (sandbox, options)
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

/// Deletes an API once the APIs were read.
struct Deletes(Sandbox, String);

impl Progress for Deletes {
    fn event(&self, event: Event<'_>) {
        if let Event::RowsRead { scope, .. } = event
            && scope.dataset == API
        {
            self.0.change(|inventory| {
                let region = inventory.region_mut(PAYMENTS, "us-east-1");
                region.apis.retain(|api| api.item["apiId"] != self.1.as_str());
            });
        }
    }
}

fn first_api() -> String {
    let inventory = Inventory::sample();
    let api = &inventory.accounts[PAYMENTS].regions["us-east-1"].apis[0];
    api.item["apiId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_parent_deleted_meanwhile_is_no_failure() {
    let (sandbox, _) = census_sandbox(Vec::new()).await;
    let collector = Collector::new(
        options(&sandbox, &[API, INTEGRATION, RESPONSE]),
        Arc::new(Directory::builtin().clone()),
    )
    .unwrap();
    let witness = Arc::new(Witness::default());
    let sink: Arc<dyn Sink> = Arc::clone(&witness) as _;
    let deletes = Arc::new(Deletes(sandbox, first_api()));
    let report = collector.run(sink, Arc::clone(&deletes) as _).await.unwrap();
    assert!(report.is_complete(), "{report:?}");
    let seen = deletes.0.calls().iter().filter(|call| call.status == 404).count();
    assert_eq!(seen, 1, "the API was deleted after its integrations were read");
}

#[tokio::test]
async fn what_is_said_to_be_gone_below_a_parent_that_is_listed_is_not_read() {
    let rule = on("GetIntegrations", Effect::NotFound).parent(first_api());
    let (report, sandbox) = census_with(vec![rule]).await;
    for dataset in [INTEGRATION, RESPONSE] {
        let report = ended(&report, dataset);
        assert_eq!(report.outcome, Outcome::Partial, "{dataset}");
        assert_eq!(report.error_code.as_deref(), Some("NotFoundException"), "{dataset}");
        assert!(report.error_message.unwrap().contains("though what it lies below is listed"));
    }
    // The parent was looked for once more.
    assert_eq!(sandbox.count_by_operation()["GetApis"], 2);
}

#[tokio::test]
async fn a_wrong_clock_is_told_and_no_policy() {
    let body = r#"{"message": "Signature not yet current"}"#;
    let headers = "x-amzn-errortype: RequestTimeTooSkewed\r\n";
    let stranger = Stranger::start(move |_| json("403 Forbidden", headers, body)).await;
    let (report, _) = collect(CollectOptions {
        endpoint_url: Some(stranger.url.clone()),
        ..options(&census_sandbox(Vec::new()).await.0, &[API])
    })
    .await;
    let report = ended(&report.unwrap(), API);
    assert_eq!(report.outcome, Outcome::Failed);
    let message = report.error_message.unwrap();
    assert!(message.contains("clock") && !message.contains("allow"), "{message}");
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
    options.retry.connect_attempts = 2;
    let report = ended(&collect(options).await.0.unwrap(), API);
    assert_eq!((report.outcome, report.calls), (Outcome::Failed, 2));
    let told = format!("GetApis failed: \"{}\" did not answer in time", sandbox.url());
    assert_eq!(report.error_message, Some(told));
}
