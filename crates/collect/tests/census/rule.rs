//! The rule in a few lines, without collector or store: which rows a census with failing lists leaves.

use crate::small::{ACCOUNT, PAGE, REGION};
use census_sandbox::{Api, DomainName, Inventory, Items};
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows by dataset and key, with all that they hold as text.
pub type Rows = BTreeMap<(String, String), String>;

/// How reading a list ends, and how many of its pages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Whole,
    /// It is not asked for at all: it counts as read.
    Unasked,
    Failed {
        pages: usize,
    },
}

/// A list of the account: its operation, the ids above it, and what it holds.
pub struct List {
    pub operation: &'static str,
    pub parents: Vec<String>,
    dataset: &'static str,
    rows: Vec<Row>,
    /// Whether it is asked for at all.
    exists: bool,
}

struct Row {
    key: String,
    below: Vec<List>,
}

/// Returns the lists of the account that nothing lies above.
pub fn lists(inventory: &Inventory) -> Vec<List> {
    let region = inventory.accounts[ACCOUNT].regions.get(REGION).cloned().unwrap_or_default();
    let links = Leaf("GetVpcLinks", "vpclink", "vpclinks", "vpcLinkId");
    vec![
        branch("GetApis", "api", Vec::new(), region.apis.iter().map(api).collect()),
        branch(
            "GetDomainNames",
            "domain_name",
            Vec::new(),
            region.domain_names.iter().map(domain).collect(),
        ),
        links.list("", vec![], &region.vpc_links, true),
    ]
}

fn branch(
    operation: &'static str,
    dataset: &'static str,
    parents: Vec<String>,
    rows: Vec<Row>,
) -> List {
    List { operation, parents, dataset, rows, exists: true }
}

fn api(api: &Api) -> Row {
    let id = text(&api.item, "apiId");
    let path = format!("/apis/{id}");
    let is_socket = api.is_websocket();
    let above = vec![id.clone()];
    let responses = Leaf(
        "GetIntegrationResponses",
        "integrationresponse",
        "integrationresponses",
        "integrationResponseId",
    );
    let integrations = api.integrations.iter().map(|integration| {
        let child = text(&integration.item, "integrationId");
        let below = format!("{path}/integrations/{child}");
        let Items::Listed(items) = &integration.responses else { panic!("generated responses") };
        let list = responses.list(&below, vec![id.clone(), child], items, is_socket);
        Row { key: arn(&below), below: vec![list] }
    });
    let responses = Leaf("GetRouteResponses", "routeresponse", "routeresponses", "routeResponseId");
    let routes = api.routes.iter().map(|route| {
        let child = text(&route.item, "routeId");
        let below = format!("{path}/routes/{child}");
        let list = responses.list(&below, vec![id.clone(), child], &route.responses, is_socket);
        Row { key: arn(&below), below: vec![list] }
    });
    let mut below = vec![
        branch("GetIntegrations", "integration", above.clone(), integrations.collect()),
        branch("GetRoutes", "route", above.clone(), routes.collect()),
    ];
    for (leaf, items, exists) in [
        (Leaf("GetStages", "stage", "stages", "stageName"), &api.stages, true),
        (
            Leaf("GetDeployments", "deployment", "deployments", "deploymentId"),
            &api.deployments,
            true,
        ),
        (
            Leaf("GetAuthorizers", "authorizer", "authorizers", "authorizerId"),
            &api.authorizers,
            true,
        ),
        (Leaf("GetModels", "model", "models", "modelId"), &api.models, is_socket),
    ] {
        below.push(leaf.list(&path, above.clone(), items, exists));
    }
    Row { key: arn(&path), below }
}

fn domain(domain: &DomainName) -> Row {
    let name = text(&domain.item, "domainName");
    let path = format!("/domainnames/{name}");
    let mappings = Leaf("GetApiMappings", "api_mapping", "apimappings", "apiMappingId");
    let rules = Leaf("ListRoutingRules", "routingrule", "routingrules", "routingRuleId");
    let mut rules = rules.list(&path, vec![name.clone()], &domain.routing_rules, true);
    for row in &mut rules.rows {
        // The one ARN of the family that names the account.
        row.key = row.key.replacen("::", &format!(":{ACCOUNT}:"), 1);
    }
    let mappings = mappings.list(&path, vec![name], &domain.api_mappings, true);
    Row { key: arn(&path), below: vec![mappings, rules] }
}

/// Operation, dataset, segment of the path, and member of the id of a list below whose rows there is nothing.
struct Leaf(&'static str, &'static str, &'static str, &'static str);

impl Leaf {
    fn list(&self, path: &str, parents: Vec<String>, items: &[Value], exists: bool) -> List {
        let Self(operation, dataset, segment, member) = self;
        let row = |item: &Value| Row {
            key: arn(&format!("{path}/{segment}/{}", text(item, member))),
            below: Vec::new(),
        };
        List { operation, parents, dataset, rows: items.iter().map(row).collect(), exists }
    }
}

fn text(item: &Value, member: &str) -> String {
    item[member].as_str().unwrap().to_owned()
}

fn arn(path: &str) -> String {
    format!("arn:aws:apigateway:{REGION}::{path}")
}

/// Returns what a census leaves: `known` before it, `fresh` what a faultless one of the same account reads.
pub fn left(
    lists: &[List],
    known: &Rows,
    fresh: &Rows,
    reading: &dyn Fn(&List) -> Reading,
) -> Rows {
    let mut left = Rows::new();
    // What nobody proves is kept: it is taken out of `kept` where a list that was read lacks it or its parent.
    let mut kept = known.clone();
    for list in lists {
        read(list, fresh, reading, &mut left, &mut kept);
    }
    kept.extend(left);
    kept
}

fn read(
    list: &List,
    fresh: &Rows,
    reading: &dyn Fn(&List) -> Reading,
    left: &mut Rows,
    kept: &mut Rows,
) {
    let how = if list.exists { reading(list) } else { Reading::Unasked };
    let seen = match how {
        Reading::Whole => list.rows.len(),
        Reading::Unasked => 0,
        Reading::Failed { pages } => (pages * PAGE).min(list.rows.len()),
    };
    let is_read = !matches!(how, Reading::Failed { .. });
    let seen = &list.rows[..seen];
    if is_read {
        let beginning = list.beginning();
        // Gone is what this list should show and does not, with all below it.
        kept.retain(|(_, key), _| {
            let key = key.replacen(&format!(":{ACCOUNT}:"), "::", 1);
            let Some(rest) = key.strip_prefix(&beginning) else { return true };
            let id = rest.split('/').next().unwrap_or_default();
            let is_row = rest == id;
            let shown = seen.iter().any(|row| {
                row.key.replacen(&format!(":{ACCOUNT}:"), "::", 1) == format!("{beginning}{id}")
            });
            shown && !is_row
        });
        for row in seen {
            let name = (format!("aws.apigatewayv2_{}", list.dataset), row.key.clone());
            let text = fresh.get(&name).cloned().unwrap();
            left.insert(name, text);
        }
    }
    for row in seen {
        for below in &row.below {
            read(below, fresh, reading, left, kept);
        }
    }
}

impl List {
    /// Returns the number of its pages.
    pub fn pages(&self) -> usize {
        self.rows.len().div_ceil(PAGE).max(1)
    }

    /// Returns what the keys of its rows begin with.
    fn beginning(&self) -> String {
        let ids = &self.parents;
        arn(&match self.operation {
            "GetApis" => "/apis/".to_owned(),
            "GetDomainNames" => "/domainnames/".to_owned(),
            "GetVpcLinks" => "/vpclinks/".to_owned(),
            "GetApiMappings" => format!("/domainnames/{}/apimappings/", ids[0]),
            "ListRoutingRules" => format!("/domainnames/{}/routingrules/", ids[0]),
            "GetIntegrationResponses" => {
                format!("/apis/{}/integrations/{}/integrationresponses/", ids[0], ids[1])
            }
            "GetRouteResponses" => {
                format!("/apis/{}/routes/{}/routeresponses/", ids[0], ids[1])
            }
            operation => {
                format!("/apis/{}/{}/", ids[0], operation.trim_start_matches("Get").to_lowercase())
            }
        })
    }
}
