//! What the accounts hold, and what they do not.

use crate::client::{Client, Reply, read, sample};
use census_sandbox::{GeneratedSpec, Inventory, Sandbox, SandboxOptions};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn unknown_parents_are_not_found_as_json() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let api = client.api_id("trading-feed").await;
    let unknown = [
        ("/v2/apis/nope/integrations".to_owned(), "Api"),
        (format!("/v2/apis/{api}/integrations/nope/integrationresponses"), "Integration"),
        (format!("/v2/apis/{api}/routes/nope/routeresponses"), "Route"),
        ("/v2/domainnames/nope.example.com/apimappings".to_owned(), "DomainName"),
    ];
    for (path, kind) in unknown {
        let reply = client.get(&path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.header("x-amzn-errortype"), "NotFoundException");
        assert_eq!(reply.json()["resourceType"], kind);
    }
}

#[tokio::test]
async fn an_http_api_has_no_integration_responses_to_list() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let api = client.api_id("payments-public-api").await;
    let path = format!("/v2/apis/{api}/integrations");
    let integration = client.list(&path, 500, "items").await[0]["integrationId"].clone();
    let integration = integration.as_str().unwrap();
    let reply = client.get(&format!("{path}/{integration}/integrationresponses")).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.header("x-amzn-errortype"), "BadRequestException");
}

#[tokio::test]
async fn regions_are_listed_and_those_not_enabled_are_refused() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "us-east-1");
    let version = "Action=DescribeRegions&Version=2016-11-15";
    let enabled = client.query("ec2", version).await;
    assert_eq!(enabled.text.matches("<regionName>").count(), 5);
    assert!(!enabled.text.contains("me-south-1"));
    let all = format!("{version}&AllRegions=true");
    let all = client.query("ec2", &all).await;
    assert!(all.text.contains("not-opted-in"));

    let empty = Client::payments(&sandbox, "us-west-2").get("/v2/apis").await;
    assert_eq!((empty.status, empty.json()), (200, json!({ "items": [] })));
    let refused = Client::payments(&sandbox, "me-south-1");
    let refused = refused.get("/v2/apis").await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.header("x-amzn-errortype"), "UnrecognizedClientException");
}

async fn organization(client: &Client) -> Reply {
    let headers = [
        ("content-type", "application/x-amz-json-1.1"),
        ("x-amz-target", "AWSOrganizationsV20161128.ListAccounts"),
    ];
    read(client.signed("organizations", "POST", "/", &headers, "{}")).await.unwrap()
}

#[tokio::test]
async fn only_the_management_account_lists_the_organization() {
    let sandbox = sample().await;
    let listed = organization(&Client::payments(&sandbox, "us-east-1")).await;
    let names: Vec<Value> = listed.json()["Accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| account["Name"].clone())
        .collect();
    assert_eq!(names, ["payments-prod", "support-staging"]);
    let denied = organization(&Client::support(&sandbox, "us-east-1")).await;
    assert_eq!(denied.json()["__type"], "AccessDeniedException");
}

#[tokio::test]
async fn every_integration_response_of_the_sample_is_reached_by_walking() {
    let sandbox = sample().await;
    let mut keys = BTreeSet::new();
    let mut apis = 0;
    for region in ["us-east-1", "eu-west-1", "ap-southeast-2"] {
        for client in [Client::payments(&sandbox, region), Client::support(&sandbox, region)] {
            for api in client.list("/v2/apis", 2, "items").await {
                apis += 1;
                let id = api["apiId"].as_str().unwrap();
                let path = format!("/v2/apis/{id}/integrations");
                for integration in client.list(&path, 500, "items").await {
                    if api["protocolType"] != "WEBSOCKET" {
                        continue;
                    }
                    let integration = integration["integrationId"].as_str().unwrap();
                    let path = format!("{path}/{integration}/integrationresponses");
                    for response in client.list(&path, 3, "items").await {
                        let id = response["integrationResponseId"].as_str().unwrap();
                        keys.insert(format!("arn:aws:apigateway:{region}::{}/{id}", &path[3..]));
                    }
                }
            }
        }
    }
    let whole = sandbox.change(|inventory| inventory.integration_responses());
    assert_eq!(keys.len(), whole);
    assert_eq!((apis, whole), (15, 201));
    let of_responses = Inventory::sample_faults();
    let mut of_responses =
        of_responses.iter().filter(|fault| fault.key.contains("/integrationresponses/"));
    assert!(of_responses.all(|fault| keys.contains(&fault.key)));
    let counts = sandbox.count_by_operation();
    assert!(counts["GetIntegrationResponses"] > counts["GetIntegrations"]);
}

#[test]
fn the_sample_has_faults_of_every_kind_that_a_list_can_show() {
    let faults = Inventory::sample_faults();
    let rules: BTreeSet<&str> = faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(rules.len(), 35, "{rules:?}");
    assert_eq!(faults.len(), 46, "{faults:?}");
}

#[tokio::test]
async fn a_change_shows_in_the_next_page() {
    let sandbox = sample().await;
    let client = Client::payments(&sandbox, "ap-southeast-2");
    let api = client.api_id("fleet-telemetry").await;
    sandbox.change(|inventory| {
        let region = inventory.region_mut("111122223333", "ap-southeast-2");
        region.api_mut(&api).unwrap().item["name"] = json!("renamed");
        region.vpc_links.push(json!({ "vpcLinkId": "abc123" }));
    });
    assert_eq!(client.api_id("renamed").await, api);
    assert_eq!(client.list("/v2/vpclinks", 500, "items").await.len(), 1);
}

#[tokio::test]
async fn a_generated_inventory_serves_as_many_responses_as_it_says() {
    let inventory = Inventory::generated(GeneratedSpec {
        accounts: 2,
        regions: 2,
        apis: 5,
        integrations: 20,
        responses: 500,
    });
    assert_eq!(inventory.integration_responses(), 200_000);
    let options = SandboxOptions::new(inventory).quota(None);
    let sandbox = Sandbox::start(options).await.unwrap();
    let client = Client {
        key: "AKIAGENERATED0000001".to_owned(),
        secret: "generated-secret".to_owned(),
        ..Client::payments(&sandbox, "eu-west-1")
    };
    let api = client.api_id("generated-4").await;
    let path = format!("/v2/apis/{api}/integrations");
    let integration = client.list(&path, 500, "items").await[19]["integrationId"].clone();
    let path = format!("{path}/{}/integrationresponses", integration.as_str().unwrap());
    let responses = client.list(&path, 200, "items").await;
    let ids: BTreeSet<&str> = responses
        .iter()
        .map(|response| response["integrationResponseId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 500);
}
