//! Organizations, JSON 1.1, for the management account: accounts, organizational units, the root.

use super::apigateway::Asked;
use super::authentication::Caller;
use super::page::Page;
use crate::inventory::Inventory;
use crate::wire::{Answer, Received, Refusal, Service};
use serde_json::{Value, json};

/// Items a page, at most and by default.
const PAGE_SIZE: u64 = 20;

/// The id of the root.
const ROOT: &str = "r-sand";

/// Reads target and body.
pub(crate) fn parse(received: &Received) -> Asked {
    let target = received.headers.get("x-amz-target");
    let operation = target
        .and_then(|target| target.to_str().ok())
        .and_then(|target| target.strip_prefix("AWSOrganizationsV20161128."));
    let body = body_of(received);
    Asked {
        operation: operation.unwrap_or("Unknown").to_owned(),
        parents: body["ParentId"].as_str().map(str::to_owned).into_iter().collect(),
        page_token: body["NextToken"].as_str().map(str::to_owned),
        max_results: Some(body["MaxResults"].as_u64().unwrap_or(PAGE_SIZE).to_string()),
    }
}

/// Answers a call.
pub(crate) fn answer(inventory: &Inventory, received: &Received, caller: &Caller) -> Answer {
    match page(inventory, received, caller) {
        Ok(page) => {
            let mut answer = Answer::json(200, page.to_string().into_bytes());
            answer.content_type = "application/x-amz-json-1.1";
            answer
        }
        Err(refusal) => refusal.into_answer(Service::Organizations),
    }
}

fn page(inventory: &Inventory, received: &Received, caller: &Caller) -> Result<Value, Refusal> {
    let asked = parse(received);
    let Some(management) = &inventory.management_account else {
        return Err(Refusal::new(
            400,
            "AWSOrganizationsNotInUseException",
            "Your account is not a member of an organization.",
        ));
    };
    if *management != caller.account_id {
        let message = "You don't have permissions to access this resource.";
        return Err(Refusal::new(400, "AccessDeniedException", message));
    }
    let (member, items) = list(inventory, management, &asked)?;
    let name = format!("{}{}", asked.operation, asked.parents.concat());
    let page = Page::cut(
        &name,
        items.len(),
        20,
        asked.max_results.as_deref(),
        asked.page_token.as_deref(),
    )?;
    let mut answer = json!({ (member): items[page.start..page.end] });
    if let Some(token) = page.next_token {
        answer["NextToken"] = Value::from(token);
    }
    Ok(answer)
}

/// Returns the member that holds the items, and all of these.
fn list(
    inventory: &Inventory,
    management: &str,
    asked: &Asked,
) -> Result<(&'static str, Vec<Value>), Refusal> {
    let units = &inventory.organizational_units;
    let parent = asked.parents.first().map_or("", String::as_str);
    let must_exist = asked.operation.ends_with("ForParent");
    if must_exist && parent != ROOT && !units.iter().any(|unit| unit.id == parent) {
        let message = "You specified a parent that doesn't exist.";
        return Err(Refusal::new(400, "ParentNotFoundException", message));
    }
    let account = |id: &String| {
        let name = inventory.accounts.get(id).map_or("", |account| account.name.as_str());
        json!({
            "Id": id,
            "Arn": format!("arn:aws:organizations::{management}:account/o-sandbox0000/{id}"),
            "Email": format!("{id}@example.com"),
            "Name": name,
            "Status": "ACTIVE",
            "JoinedMethod": "CREATED",
            "JoinedTimestamp": 1_700_000_000.0,
        })
    };
    match asked.operation.as_str() {
        "ListAccounts" => Ok(("Accounts", inventory.accounts.keys().map(account).collect())),
        "ListRoots" => Ok(("Roots", vec![json!({ "Id": ROOT, "Name": "Root" })])),
        "ListAccountsForParent" if parent == ROOT => {
            let is_in_unit = |id: &&String| units.iter().any(|unit| unit.accounts.contains(id));
            let others = inventory.accounts.keys().filter(|id| !is_in_unit(id));
            Ok(("Accounts", others.map(account).collect()))
        }
        "ListAccountsForParent" => {
            let held =
                units.iter().filter(|unit| unit.id == parent).flat_map(|unit| &unit.accounts);
            Ok(("Accounts", held.map(account).collect()))
        }
        "ListOrganizationalUnitsForParent" => {
            let below = units
                .iter()
                .filter(|unit| unit.parent.as_deref().unwrap_or(ROOT) == parent)
                .map(|unit| json!({ "Id": unit.id, "Name": unit.name }));
            Ok(("OrganizationalUnits", below.collect()))
        }
        _ => Err(Refusal::new(400, "UnknownOperationException", "")),
    }
}

fn body_of(received: &Received) -> Value {
    serde_json::from_slice(&received.body).unwrap_or_default()
}
