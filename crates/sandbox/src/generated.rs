//! Synthetic inventories of any size, for load.

use crate::inventory::{
    AccessKey, Account, Api, Integration, Inventory, Items, KnownRegion, Region, Role, Route,
};
use serde_json::{Value, json};

/// How large a generated inventory is; the counts multiply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeneratedSpec {
    /// Accounts, `100000000000` and on; at most 100,000.
    pub accounts: usize,
    /// Regions in which each account has APIs; at most 8.
    pub regions: usize,
    /// WebSocket APIs in each region.
    pub apis: usize,
    /// Integrations in each API, each with a route.
    pub integrations: usize,
    /// Integration responses in each integration.
    pub responses: usize,
}

const REGIONS: [&str; 8] = [
    "us-east-1",
    "eu-west-1",
    "ap-southeast-2",
    "us-west-2",
    "eu-central-1",
    "ap-northeast-1",
    "sa-east-1",
    "ca-central-1",
];

/// The integration responses of one generated integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeneratedResponses {
    pub(crate) seed: u64,
    pub(crate) count: usize,
}

impl GeneratedResponses {
    pub(crate) fn item(&self, index: usize) -> Option<Value> {
        if index >= self.count {
            return None;
        }
        let id = crate::sample::id_of(7, &format!("{}/{index}", self.seed));
        let mut item = json!({ "integrationResponseId": id });
        if index == 0 {
            item["integrationResponseKey"] = json!("$default");
            item["responseTemplates"] = json!({ "$default": "{\"result\": $input.json('$')}" });
            item["templateSelectionExpression"] = json!("\\$default");
            return Some(item);
        }
        item["integrationResponseKey"] = json!(format!("/.*case {index} of.*/"));
        item["responseParameters"] = json!({
            "method.response.header.X-Case": format!("'{index}'"),
            "method.response.header.X-Request-Id": "integration.response.header.X-Request-Id",
        });
        if index.is_multiple_of(5) {
            item["contentHandlingStrategy"] = json!("CONVERT_TO_TEXT");
        }
        Some(item)
    }
}

impl Inventory {
    /// Returns an inventory of rows made by counting, the same for the same numbers.
    ///
    /// Integration responses are made when a page of them is answered, so that hundreds of
    /// thousands cost the memory of their integrations alone. The account `n` has the access key
    /// `AKIAGENERATED` with `n` in 7 digits, the secret `generated-secret` and the role
    /// `CensusReader`.
    #[must_use]
    pub fn generated(spec: GeneratedSpec) -> Self {
        let regions: Vec<&str> = REGIONS.into_iter().take(spec.regions).collect();
        let mut inventory = Self {
            regions: regions
                .iter()
                .map(|name| KnownRegion { name: (*name).to_owned(), opt_in: false })
                .collect(),
            management_account: Some("100000000000".to_owned()),
            ..Self::default()
        };
        for number in 0..spec.accounts {
            let account_id = (100_000_000_000 + number).to_string();
            let regions = regions.iter().map(|region| {
                let apis = (0..spec.apis).map(|api| generated_api(&account_id, region, api, spec));
                let held = Region { apis: apis.collect(), ..Region::default() };
                ((*region).to_owned(), held)
            });
            let account = Account {
                name: format!("generated-{number}"),
                access_keys: vec![AccessKey {
                    id: format!("AKIAGENERATED{number:07}"),
                    secret: "generated-secret".to_owned(),
                    user: "census".to_owned(),
                }],
                roles: vec![Role { name: "CensusReader".to_owned(), external_id: None }],
                regions: regions.collect(),
                ..Account::default()
            };
            inventory.accounts.insert(account_id, account);
        }
        inventory
    }
}

fn generated_api(account: &str, region: &str, number: usize, spec: GeneratedSpec) -> Api {
    let path = format!("{account}/{region}/{number}");
    let api_id = crate::sample::id_of(10, &path);
    let mut api = Api {
        item: json!({
            "apiEndpoint": format!("wss://{api_id}.execute-api.{region}.amazonaws.com"),
            "apiId": api_id,
            "createdDate": "2026-02-03T04:05:06Z",
            "name": format!("generated-{number}"),
            "protocolType": "WEBSOCKET",
            "routeSelectionExpression": "$request.body.action",
            "tags": { "team": format!("team {}", number % 7) },
        }),
        ..Api::default()
    };
    for index in 0..spec.integrations {
        let child = format!("{path}/{index}");
        let id = crate::sample::id_of(7, &child);
        let route_id = crate::sample::id_of(7, &format!("{child}/route"));
        api.routes.push(Route {
            item: json!({
                "routeId": route_id,
                "routeKey": format!("action{index}"),
                "routeResponseSelectionExpression": "$default",
                "target": format!("integrations/{id}"),
            }),
            responses: Vec::new(),
        });
        api.integrations.push(Integration {
            item: json!({
                "integrationId": id,
                "integrationMethod": "POST",
                "integrationResponseSelectionExpression": "${integration.response.body.errorMessage}",
                "integrationType": "AWS",
            }),
            responses: Items::Generated(GeneratedResponses {
                seed: crate::sample::hash_of(&child),
                count: spec.responses,
            }),
        });
    }
    api
}
