//! The thirteen list operations of API Gateway V2.

use super::authentication::Caller;
use super::page::Page;
use crate::inventory::{Api, Inventory, Region};
use crate::wire::{Answer, Received, Refusal, Service};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// An operation and what it is asked with, whatever the service.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) operation: String,
    /// The ids in the path, outermost first.
    pub(crate) parents: Vec<String>,
    pub(crate) page_token: Option<String>,
    pub(crate) max_results: Option<String>,
}

/// A list before a page is cut out of it.
struct List<'a> {
    total: usize,
    item: Box<dyn Fn(usize) -> Option<Cow<'a, Value>> + 'a>,
}

/// Reads path and query.
pub(crate) fn parse(received: &Received) -> Asked {
    let segments = received.segments();
    let words: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (operation, parents) = match words.as_slice() {
        ["v2", "apis"] => ("GetApis", vec![]),
        ["v2", "apis", api, kind] => (child_operation(kind), vec![*api]),
        ["v2", "apis", api, "integrations", id, "integrationresponses"] => {
            ("GetIntegrationResponses", vec![*api, *id])
        }
        ["v2", "apis", api, "routes", id, "routeresponses"] => {
            ("GetRouteResponses", vec![*api, *id])
        }
        ["v2", "domainnames"] => ("GetDomainNames", vec![]),
        ["v2", "domainnames", domain, "apimappings"] => ("GetApiMappings", vec![*domain]),
        ["v2", "domainnames", domain, "routingrules"] => ("ListRoutingRules", vec![*domain]),
        ["v2", "vpclinks"] => ("GetVpcLinks", vec![]),
        _ => ("Unknown", vec![]),
    };
    Asked {
        operation: operation.to_owned(),
        parents: parents.into_iter().map(str::to_owned).collect(),
        page_token: received.query("nextToken").map(str::to_owned),
        max_results: received.query("maxResults").map(str::to_owned),
    }
}

fn child_operation(kind: &str) -> &'static str {
    match kind {
        "integrations" => "GetIntegrations",
        "routes" => "GetRoutes",
        "stages" => "GetStages",
        "deployments" => "GetDeployments",
        "authorizers" => "GetAuthorizers",
        "models" => "GetModels",
        _ => "Unknown",
    }
}

/// Returns the ARN that a message about permissions names.
pub(crate) fn resource_of(received: &Received, caller: &Caller) -> String {
    let path = received.path.strip_prefix("/v2").unwrap_or(&received.path);
    let account = if path.ends_with("/routingrules") { caller.account_id.as_str() } else { "" };
    format!("arn:aws:apigateway:{}:{account}:{path}", caller.region)
}

/// Answers a page of a list.
pub(crate) fn answer(
    inventory: &Inventory,
    received: &Received,
    asked: &Asked,
    caller: &Caller,
    page_limit: Option<usize>,
) -> Answer {
    match page(inventory, received, asked, caller, page_limit) {
        Ok(page) => Answer::json(200, Value::Object(page).to_string().into_bytes()),
        Err(refusal) => refusal.into_answer(Service::ApiGateway),
    }
}

fn page(
    inventory: &Inventory,
    received: &Received,
    asked: &Asked,
    caller: &Caller,
    page_limit: Option<usize>,
) -> Result<Map<String, Value>, Refusal> {
    if received.method != "GET" {
        return Err(Refusal::new(
            403,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        ));
    }
    let empty = Region::default();
    let region = inventory
        .accounts
        .get(&caller.account_id)
        .and_then(|account| account.regions.get(&caller.region))
        .unwrap_or(&empty);
    let list = list(region, asked)?;
    let (member, largest) = match asked.operation.as_str() {
        "ListRoutingRules" => ("routingRules", 100),
        _ => ("items", 500),
    };
    let name = format!("{}{}{}", caller.account_id, caller.region, received.path);
    let cut = Page::cut(
        &name,
        list.total,
        largest,
        asked.max_results.as_deref(),
        asked.page_token.as_deref(),
    )?
    .limited_to(page_limit, &name, list.total);
    let items = (cut.start..cut.end).filter_map(|index| (list.item)(index));
    let mut page = Map::new();
    page.insert(member.to_owned(), items.map(Cow::into_owned).collect());
    if let Some(token) = cut.next_token {
        page.insert("nextToken".to_owned(), Value::from(token));
    }
    Ok(page)
}

fn list<'a>(region: &'a Region, asked: &Asked) -> Result<List<'a>, Refusal> {
    let parent = asked.parents.first().map_or("", String::as_str);
    match asked.operation.as_str() {
        "GetApis" => Ok(project(&region.apis, |api| &api.item)),
        "GetDomainNames" => Ok(project(&region.domain_names, |domain| &domain.item)),
        "GetVpcLinks" => Ok(project(&region.vpc_links, |link| link)),
        "GetApiMappings" | "ListRoutingRules" => {
            let domain = region
                .domain_name(parent)
                .ok_or_else(|| Refusal::not_found("DomainName", parent))?;
            match asked.operation.as_str() {
                "GetApiMappings" => Ok(project(&domain.api_mappings, |mapping| mapping)),
                _ => Ok(project(&domain.routing_rules, |rule| rule)),
            }
        }
        "Unknown" => Err(Refusal::new(
            403,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        )),
        operation => {
            let api = region.api(parent).ok_or_else(|| Refusal::not_found("Api", parent))?;
            let child = asked.parents.get(1).map_or("", String::as_str);
            list_of_api(api, operation, child)
        }
    }
}

fn list_of_api<'a>(api: &'a Api, operation: &str, child: &str) -> Result<List<'a>, Refusal> {
    let websocket_only = ["GetIntegrationResponses", "GetRouteResponses", "GetModels"];
    if websocket_only.contains(&operation) && !api.is_websocket() {
        return Err(Refusal::bad_request(format!(
            "{operation} is only supported for protocol type WEBSOCKET"
        )));
    }
    match operation {
        "GetIntegrations" => Ok(project(&api.integrations, |integration| &integration.item)),
        "GetRoutes" => Ok(project(&api.routes, |route| &route.item)),
        "GetStages" => Ok(project(&api.stages, |stage| stage)),
        "GetDeployments" => Ok(project(&api.deployments, |deployment| deployment)),
        "GetAuthorizers" => Ok(project(&api.authorizers, |authorizer| authorizer)),
        "GetModels" => Ok(project(&api.models, |model| model)),
        "GetRouteResponses" => {
            let route = api.route(child).ok_or_else(|| Refusal::not_found("Route", child))?;
            Ok(project(&route.responses, |response| response))
        }
        _ => {
            let integration =
                api.integration(child).ok_or_else(|| Refusal::not_found("Integration", child))?;
            Ok(List {
                total: integration.responses.len(),
                item: Box::new(|index| integration.responses.get(index)),
            })
        }
    }
}

fn project<T>(items: &[T], item: fn(&T) -> &Value) -> List<'_> {
    List {
        total: items.len(),
        item: Box::new(move |index| items.get(index).map(item).map(Cow::Borrowed)),
    }
}
