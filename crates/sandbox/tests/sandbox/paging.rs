//! Pages and their tokens.

use crate::client::{Client, encoded, sample};
use std::collections::BTreeSet;

#[tokio::test]
async fn pages_of_any_size_give_every_item_once_in_the_same_order() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let api = client.api_id("order-tracking").await;
    let path = format!("/v2/apis/{api}/integrations");
    let whole = client.list(&path, 500, "items").await;
    assert_eq!(whole.len(), 6);
    for size in [1, 2, 3, 4] {
        assert_eq!(client.list(&path, size, "items").await, whole);
    }
    let ids: BTreeSet<&str> =
        whole.iter().map(|item| item["integrationId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), whole.len());
    assert!(
        !whole.is_sorted_by_key(|item| item["integrationId"].as_str().unwrap().to_owned()),
        "the order must not be one that a client could rely on"
    );
}

#[tokio::test]
async fn page_sizes_that_are_no_number_from_1_to_500_are_refused() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    for size in ["0", "501", "-1", "many", ""] {
        let reply = client.get(&format!("/v2/apis?maxResults={size}")).await;
        assert_eq!(reply.status, 400, "{size}");
        assert_eq!(reply.header("x-amzn-errortype"), "BadRequestException");
    }
}

#[tokio::test]
async fn tokens_that_were_not_given_for_this_list_are_refused() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let page = client.get("/v2/apis?maxResults=1").await.json();
    let token = &encoded(page["nextToken"].as_str().unwrap());
    let others = [
        "/v2/apis?nextToken=garbage".to_owned(),
        "/v2/apis?nextToken=".to_owned(),
        format!("/v2/domainnames?nextToken={token}"),
        format!("/v2/apis?nextToken={}0", &token[..token.len() - 1]),
    ];
    for path in others {
        let reply = client.get(&path).await;
        assert_eq!(reply.status, 400, "{path}");
    }
    let elsewhere = Client::payments(&sandbox, "eu-west-1");
    let reply = elsewhere.get(&format!("/v2/apis?nextToken={token}")).await;
    assert_eq!(reply.status, 400);
}

#[tokio::test]
async fn routing_rules_come_under_their_own_member_and_at_most_a_hundred_a_page() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let path = "/v2/domainnames/api.payments.example.com/routingrules";
    let rules = client.list(path, 1, "routingRules").await;
    assert_eq!(rules.len(), 2);
    let reply = client.get(&format!("{path}?maxResults=101")).await;
    assert_eq!(reply.status, 400);
}
