//! Signatures, identities and temporary keys.

use crate::client::{Client, read, sample};
use census_sandbox::{Clock, Inventory, Sandbox, SandboxOptions};
use std::time::Duration;

const ASSUME: &str = "Action=AssumeRole&Version=2011-06-15&RoleSessionName=census\
    &RoleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2FCensusReader";

#[tokio::test]
async fn unsigned_unknown_and_wrongly_signed_requests_are_refused() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let unsigned = reqwest::Client::new().get(format!("{}/v2/apis", client.url));
    let unsigned = read(unsigned).await.unwrap();
    let unknown = Client { key: "AKIANOBODY".to_owned(), ..client.clone() };
    let wrong = Client { secret: "wrong".to_owned(), ..client.clone() };
    let refusals = [
        (unsigned, "MissingAuthenticationTokenException"),
        (unknown.get("/v2/apis").await, "UnrecognizedClientException"),
        (wrong.get("/v2/apis").await, "SignatureDoesNotMatch"),
    ];
    for (reply, code) in refusals {
        assert_eq!(reply.status, 403);
        assert_eq!(reply.header("x-amzn-errortype"), code);
    }
    let identity = "Action=GetCallerIdentity&Version=2011-06-15";
    assert_eq!(unknown.query("sts", identity).await.element("Code"), "InvalidClientTokenId");
    assert_eq!(sandbox.calls()[0].account, "");
}

#[tokio::test]
async fn a_request_changed_after_it_was_signed_is_refused() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let signed = client.signed("apigateway", "GET", "/v2/apis?maxResults=5", &[], "");
    let mut request = signed.build().unwrap();
    request.url_mut().set_query(Some("maxResults=500"));
    let response = reqwest::Client::new().execute(request).await.unwrap();
    assert_eq!(response.status().as_u16(), 403);
}

#[tokio::test]
async fn paths_and_queries_that_need_escaping_verify() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let reply =
        client.get("/v2/domainnames/%2A.example.com/apimappings?nextToken=a%2Fb%20c%3D").await;
    assert_eq!(reply.status, 404);
    assert!(reply.text.contains("*.example.com"), "{}", reply.text);
}

#[tokio::test]
async fn sts_names_the_user_behind_a_key() {
    let sandbox = sample().await;
    let client = Client::support(&sandbox, "eu-west-1");
    let reply = client.query("sts", "Action=GetCallerIdentity&Version=2011-06-15").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.element("Account"), "444455556666");
    assert_eq!(reply.element("Arn"), "arn:aws:iam::444455556666:user/census");
}

#[tokio::test]
async fn an_assumed_role_reads_its_account_until_its_keys_expire() {
    let options = SandboxOptions::new(Inventory::sample())
        .clock(Clock::manual())
        .session_duration(Duration::from_mins(15));
    let sandbox = Sandbox::start(options).await.unwrap();
    let client = Client::payments(&sandbox, "us-east-1");
    let reply = client.query("sts", ASSUME).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let role = Client {
        key: reply.element("AccessKeyId"),
        secret: reply.element("SecretAccessKey"),
        token: Some(reply.element("SessionToken")),
        ..client.clone()
    };
    assert_eq!(role.list("/v2/apis", 500, "items").await.len(), 3);
    assert_eq!(sandbox.calls().last().unwrap().account, "444455556666");

    let forged = Client { token: Some("forged".to_owned()), ..role.clone() };
    assert_eq!(forged.get("/v2/apis").await.status, 403);

    sandbox.clock().advance(Duration::from_mins(15));
    let reply = role.get("/v2/apis").await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.header("x-amzn-errortype"), "ExpiredTokenException");
}

#[tokio::test]
async fn a_role_that_is_not_declared_is_denied() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let reply = client.query("sts", &ASSUME.replace("CensusReader", "Administrator")).await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.element("Code"), "AccessDenied");
}
