//! Answers that no AWS gives: none is taken for a list, none takes all memory or time.

use crate::stranger::{Reply, Stranger, json};
use crate::witness::{API, INTEGRATION, RESPONSE, Witness, collect, ended, payments};
use census_collect::{CollectOptions, RegionSelection, RetryPolicy};
use census_directory::scope::{Outcome, ScopeReport};
use std::sync::Arc;
use std::time::Duration;

fn options(url: &str, datasets: &[&str]) -> CollectOptions {
    CollectOptions {
        accounts: vec![payments()],
        regions: RegionSelection::Listed(vec!["us-east-1".to_owned()]),
        datasets: datasets.iter().map(|&dataset| dataset.to_owned()).collect(),
        quota: None,
        retry: RetryPolicy {
            base_delay: Duration::from_millis(1),
            max_delay: Duration::from_millis(2),
            ..RetryPolicy::default()
        },
        endpoint_url: Some(url.to_owned()),
        ..CollectOptions::default()
    }
}

/// Collects the APIs of an endpoint that answers so.
async fn apis_of(
    reply: impl Fn(&str) -> Reply + Send + Sync + 'static,
) -> (ScopeReport, Arc<Witness>, Stranger) {
    let stranger = Stranger::start(reply).await;
    let (report, witness) = collect(options(&stranger.url, &[API])).await;
    (ended(&report.unwrap(), API), witness, stranger)
}

fn message(report: &ScopeReport) -> &str {
    assert_eq!(report.outcome, Outcome::Failed, "{report:?}");
    report.error_message.as_deref().unwrap()
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Stranger::start(|_| json("200 OK", "", r#"{"items":[]}"#)).await;
    let location = format!("location: {}/v2/apis\r\n", elsewhere.url);
    let (report, _, stranger) = apis_of(move |_| json("302 Found", &location, "")).await;
    assert_eq!(
        message(&report),
        "GetApis failed: HTTP status 302 Found with an answer that is not the service's"
    );
    assert_eq!((stranger.lists(), elsewhere.connections()), (1, 0));
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let (report, _, stranger) = apis_of(|_| {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".into();
        let spaces = format!("{:x}\r\n{}\r\n", 1 << 20, " ".repeat(1 << 20)).into_bytes();
        vec![head, spaces]
    })
    .await;
    assert_eq!(message(&report), "GetApis failed: the answer is larger than 64 MiB");
    assert_eq!(stranger.lists(), 1);
}

#[tokio::test]
async fn an_announced_length_takes_no_memory() {
    let (report, _, _) = apis_of(|_| {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 9000000000000000000\r\n\r\n";
        vec![head.to_vec(), vec![b' '; 1 << 20]]
    })
    .await;
    assert_eq!(report.error_code.as_deref(), Some("AnswerTooLarge"));
}

#[tokio::test]
async fn deep_nesting_is_no_list() {
    let deep = format!(r#"{{"items":[{}{}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let (report, _, _) = apis_of(move |_| json("200 OK", "", &deep)).await;
    let told = message(&report);
    assert!(told.contains("is not JSON: recursion limit exceeded"), "{told}");
}

#[tokio::test]
async fn a_compressed_answer_that_nobody_asked_for_is_no_list() {
    let (report, _, _) =
        apis_of(|_| json("200 OK", "content-encoding: gzip\r\n", "\u{1f}\u{8}nonsense")).await;
    assert_eq!(report.error_code.as_deref(), Some("MalformedAnswer"));
}

#[tokio::test]
async fn a_wait_of_ages_ends_the_call_at_once() {
    let (report, _, _) =
        apis_of(|_| json("503 Service Unavailable", "retry-after: 18446744073709551615\r\n", "{}"))
            .await;
    assert_eq!((report.outcome, report.calls), (Outcome::Failed, 1));
    let told = message(&report);
    assert!(told.contains("to wait 4294967295 s was asked for"), "{told}");
}

#[tokio::test]
async fn a_page_of_a_proxy_is_not_told_as_denied() {
    let (report, _, _) = apis_of(|_| json("403 Forbidden", "", "<html>blocked</html>")).await;
    let told = message(&report);
    assert!(told.ends_with("with an answer that is not the service's"), "{told}");
}

#[tokio::test]
async fn a_network_that_swallows_everything_is_given_up_soon() {
    // The first bytes of an answer, and nothing ever after.
    let stranger =
        Stranger::start(|_| vec![b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n".to_vec()]).await;
    let mut options = options(&stranger.url, &[]);
    options.retry.attempt_timeout = Duration::from_millis(50);
    let report = collect(options).await.0.unwrap();
    assert!(report.calls <= 12, "{}", report.calls);
    for (scope, report) in &report.scopes {
        assert_eq!(report.outcome, Outcome::Failed, "{scope:?}");
        assert_eq!(report.error_code.as_deref(), Some("Timeout"), "{scope:?}");
    }
}

#[tokio::test]
async fn pages_without_end_and_without_news_end() {
    let (report, witness, stranger) = apis_of(|target| {
        let body = format!(r#"{{"items":[{{"apiId":"a"}}],"nextToken":"{}x"}}"#, target.len());
        json("200 OK", "", &body)
    })
    .await;
    assert_eq!(report.error_code.as_deref(), Some("RepeatedToken"));
    assert_eq!(witness.column(API, "api_id"), ["a"]);
    assert!(stranger.lists() < 110);
}

#[tokio::test]
async fn an_item_without_its_id_fails_its_scope_and_what_is_below() {
    let stranger = Stranger::start(|target| {
        let body = match target {
            "/v2/apis?maxResults=500" => r#"{"items":[{"name":"x"},{"apiId":"b"}]}"#,
            _ => r#"{"items":[]}"#,
        };
        json("200 OK", "", body)
    })
    .await;
    let (report, _) = collect(options(&stranger.url, &[API, INTEGRATION, RESPONSE])).await;
    let report = report.unwrap();
    for dataset in [API, INTEGRATION, RESPONSE] {
        assert_ne!(ended(&report, dataset).outcome, Outcome::Complete, "{dataset}");
    }
    assert_eq!(ended(&report, API).error_code.as_deref(), Some("IncompleteItem"));
}

#[tokio::test]
async fn items_that_are_no_objects_and_values_that_do_not_fit_fail() {
    for (items, told) in [
        ("[1]", "a number in the list of dataset"),
        ("[null]", "null in the list of dataset"),
        (r#"[{"apiId":"a","disableExecuteApiEndpoint":"true"}]"#, "a string in member"),
        (r#"[{"apiId":"a","createdDate":1e999}]"#, "is not JSON: number out of range"),
        (r#"[{"apiId":["a"]}]"#, "lacks what its key or path needs"),
    ] {
        let body = format!(r#"{{"items":{items}}}"#);
        let (report, _, _) = apis_of(move |_| json("200 OK", "", &body)).await;
        assert!(message(&report).contains(told), "{items}: {report:?}");
    }
}

#[tokio::test]
async fn words_of_an_endpoint_stay_on_one_line() {
    let body = "{\"message\":\"first\\nsecond\\u001b[31m\"}";
    let (report, _, _) = apis_of(|_| json("403 Forbidden", "", body)).await;
    assert_eq!(
        report.error_message.as_deref(),
        Some(
            "GetApis was denied, allow \"apigateway:GET\" on \
             \"arn:aws:apigateway:us-east-1::/apis\": first second [31m"
        )
    );
}

#[tokio::test]
async fn connections_are_used_again() {
    let stranger = Stranger::start(|target| {
        let number = target.rsplit('=').next().and_then(|text| text.parse().ok()).unwrap_or(0);
        let next = if number == 500 { 1 } else { number + 1 };
        let body = format!(r#"{{"items":[{{"apiId":"a{next}"}}],"nextToken":"{next}"}}"#);
        let last = format!(r#"{{"items":[{{"apiId":"a{next}"}}]}}"#);
        json("200 OK", "", if next < 50 { &body } else { &last })
    })
    .await;
    let (report, witness) = collect(options(&stranger.url, &[API])).await;
    assert!(report.unwrap().is_complete());
    assert_eq!((witness.column(API, "api_id").len(), stranger.lists()), (50, 50));
    assert_eq!(stranger.connections(), 1);
}
