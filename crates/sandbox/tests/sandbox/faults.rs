//! Each fault, as a client meets it.

use crate::client::{Client, Reply, encoded, sample};
use census_sandbox::{Effect, FaultRule, Sandbox};
use std::time::Duration;

const PATH: &str = "/v2/apis?maxResults=2";

async fn befallen(effect: Effect) -> (Sandbox, reqwest::Result<Reply>) {
    let sandbox = sample().await;
    sandbox.set_faults(vec![FaultRule::new(effect)]);
    let reply = Client::payments(&sandbox, "us-east-1").try_get(PATH).await;
    (sandbox, reply)
}

#[tokio::test]
async fn denied_names_the_action_and_the_resource() {
    let (_sandbox, reply) = befallen(Effect::Denied).await;
    let reply = reply.unwrap();
    assert_eq!(reply.status, 403);
    assert_eq!(reply.header("x-amzn-errortype"), "AccessDeniedException");
    assert_eq!(
        reply.json()["message"],
        "User: arn:aws:iam::111122223333:user/census is not authorized to perform: apigateway:GET \
         on resource: arn:aws:apigateway:us-east-1::/apis because no identity-based policy allows \
         the apigateway:GET action"
    );
}

#[tokio::test]
async fn throttle_and_server_errors_carry_their_status() {
    let throttle = Effect::Throttle { retry_after_seconds: Some(3) };
    let (_sandbox, reply) = befallen(throttle).await;
    let reply = reply.unwrap();
    assert_eq!((reply.status, reply.header("retry-after")), (429, "3"));
    for status in [500, 502, 503] {
        let (_sandbox, reply) = befallen(Effect::ServerError(status)).await;
        let reply = reply.unwrap();
        assert_eq!(reply.status, status);
        assert!(reply.json()["message"].is_string());
    }
}

#[tokio::test]
async fn reset_breaks_the_connection_before_or_within_the_answer() {
    let (sandbox, reply) = befallen(Effect::Reset).await;
    assert!(reply.unwrap_err().is_request());
    assert_eq!(sandbox.calls()[0].status, 0);

    let sandbox = sample().await;
    sandbox.set_faults(vec![FaultRule::new(Effect::ResetInBody)]);
    let client = Client::payments(&sandbox, "us-east-1");
    let sent = client.signed("apigateway", "GET", PATH, &[], "");
    let response = sent.send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn truncated_and_malformed_answers_are_whole_http_and_no_json() {
    for effect in [Effect::Truncated, Effect::Malformed] {
        let (_sandbox, reply) = befallen(effect).await;
        let reply = reply.unwrap();
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-length"), reply.text.len().to_string());
        assert!(serde_json::from_str::<serde_json::Value>(&reply.text).is_err());
    }
}

#[tokio::test]
async fn a_stall_outlasts_the_client_and_not_the_sandbox() {
    let sandbox = sample().await;
    let hour = Duration::from_hours(1);
    sandbox.set_faults(vec![FaultRule::new(Effect::Stall(hour))]);
    let client = Client::payments(&sandbox, "us-east-1");
    let call = client.signed("apigateway", "GET", PATH, &[], "").timeout(Duration::from_millis(50));
    assert!(call.send().await.unwrap_err().is_timeout());
    sandbox.stop().await;
}

#[tokio::test]
async fn expired_keys_and_vanished_parents_are_told_apart() {
    let (_sandbox, reply) = befallen(Effect::ExpiredToken).await;
    let reply = reply.unwrap();
    assert_eq!(reply.status, 403);
    assert_eq!(reply.header("x-amzn-errortype"), "ExpiredTokenException");
    let (_sandbox, reply) = befallen(Effect::NotFound).await;
    let reply = reply.unwrap();
    assert_eq!(reply.status, 404);
    assert_eq!(reply.header("x-amzn-errortype"), "NotFoundException");
}

#[tokio::test]
async fn page_token_faults_befall_the_second_page() {
    let (sandbox, first) = befallen(Effect::RepeatedToken).await;
    let token = first.unwrap().json()["nextToken"].clone();
    let client = Client::payments(&sandbox, "us-east-1");
    let next = format!("{PATH}&nextToken={}", encoded(token.as_str().unwrap()));
    assert_eq!(client.get(&next).await.json()["nextToken"], token);

    sandbox.set_faults(vec![FaultRule::new(Effect::ExpiredPageToken).page(2)]);
    assert_eq!(client.get(PATH).await.status, 200);
    assert_eq!(client.get(&next).await.status, 400);
}

#[tokio::test]
async fn a_rule_befalls_only_the_calls_it_describes() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let feed = client.api_id("trading-feed").await;
    let tracking = client.api_id("order-tracking").await;
    sandbox.set_faults(vec![
        FaultRule::new(Effect::Denied)
            .account("111122223333")
            .region("us-east-1")
            .operation("GetRoutes")
            .parent(&feed)
            .times(1),
    ]);
    let routes = format!("/v2/apis/{feed}/routes");
    let paths = [
        (format!("/v2/apis/{feed}/stages"), 200),
        (format!("/v2/apis/{tracking}/routes"), 200),
        (routes.clone(), 403),
        (routes, 200),
    ];
    for (path, status) in paths {
        assert_eq!(client.get(&path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_sandbox_that_is_dropped_no_longer_answers() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    sandbox.stop().await;
    assert!(client.try_get(PATH).await.unwrap_err().is_connect());
}
