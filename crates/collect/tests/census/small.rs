//! A small account that has something of everything, in two states, so that every list has two pages.

use census_sandbox::{
    AccessKey, Account, Api, DomainName, Integration, Inventory, Items, KnownRegion, Route,
};
use serde_json::{Value, json};

pub const ACCOUNT: &str = "111122223333";
pub const REGION: &str = "us-east-1";
pub const KEY: (&str, &str) = ("AKIASMALLACCOUNT0001", "small-secret");

/// Items a page: three items are two pages.
pub const PAGE: usize = 2;

/// Returns an account without any resource.
pub fn empty() -> Inventory {
    let mut inventory = Inventory {
        regions: vec![KnownRegion { name: REGION.to_owned(), opt_in: false }],
        ..Inventory::default()
    };
    let account = Account {
        access_keys: vec![AccessKey {
            id: KEY.0.to_owned(),
            secret: KEY.1.to_owned(),
            user: "census".to_owned(),
        }],
        ..Account::default()
    };
    inventory.accounts.insert(ACCOUNT.to_owned(), account);
    inventory
}

/// Returns three items of every kind below three parents each: `names` are their ids, `content` is what they hold.
pub fn everything(names: [&str; 3], content: &str) -> Inventory {
    let mut inventory = empty();
    let region = inventory.region_mut(ACCOUNT, REGION);
    for name in names {
        region.apis.push(api(name, names, content));
        region.domain_names.push(domain(name, names, content));
        region.vpc_links.push(json!({ "vpcLinkId": name, "name": content }));
    }
    inventory
}

/// The second of the three is an HTTP API, which has neither responses nor models.
fn api(id: &str, names: [&str; 3], content: &str) -> Api {
    let is_http = id == names[1];
    let list = |member: &str| {
        let item = |name: &&str| json!({ member: name, "description": content, "name": content });
        names.iter().map(item).collect::<Vec<Value>>()
    };
    let responses = |member: &str| if is_http { Vec::new() } else { list(member) };
    Api {
        item: json!({
            "apiId": id,
            "name": content,
            "protocolType": if is_http { "HTTP" } else { "WEBSOCKET" },
        }),
        integrations: list("integrationId")
            .into_iter()
            .map(|item| Integration {
                item,
                responses: Items::Listed(responses("integrationResponseId")),
            })
            .collect(),
        routes: list("routeId")
            .into_iter()
            .map(|item| Route { item, responses: responses("routeResponseId") })
            .collect(),
        stages: list("stageName"),
        deployments: list("deploymentId"),
        authorizers: list("authorizerId"),
        models: responses("modelId"),
    }
}

fn domain(name: &str, names: [&str; 3], content: &str) -> DomainName {
    let list = |member: &str| {
        let item = |name: &&str| json!({ member: name, "stage": content });
        names.iter().map(item).collect::<Vec<Value>>()
    };
    DomainName {
        item: json!({ "domainName": name, "routingMode": content }),
        api_mappings: list("apiMappingId"),
        routing_rules: list("routingRuleId"),
    }
}
