//! Organizations: `ListAccounts` of JSON 1.1, for the management account.

use super::apigateway::Asked;
use super::authentication::Caller;
use super::page::Page;
use crate::inventory::Inventory;
use crate::wire::{Answer, Received, Refusal, Service};
use serde_json::{Value, json};

/// Accounts a page, at most and by default.
const PAGE_SIZE: u64 = 20;

/// Reads target and body.
pub(crate) fn parse(received: &Received) -> Asked {
    let target = received.headers.get("x-amz-target");
    let operation = target
        .and_then(|target| target.to_str().ok())
        .and_then(|target| target.strip_prefix("AWSOrganizationsV20161128."));
    let body = body_of(received);
    Asked {
        operation: operation.unwrap_or("Unknown").to_owned(),
        parents: Vec::new(),
        page_token: body["NextToken"].as_str().map(str::to_owned),
        max_results: Some(body["MaxResults"].as_u64().unwrap_or(PAGE_SIZE).to_string()),
    }
}

/// Answers a call.
pub(crate) fn answer(inventory: &Inventory, received: &Received, caller: &Caller) -> Answer {
    match list_accounts(inventory, received, caller) {
        Ok(page) => {
            let mut answer = Answer::json(200, page.to_string().into_bytes());
            answer.content_type = "application/x-amz-json-1.1";
            answer
        }
        Err(refusal) => refusal.into_answer(Service::Organizations),
    }
}

fn list_accounts(
    inventory: &Inventory,
    received: &Received,
    caller: &Caller,
) -> Result<Value, Refusal> {
    let asked = parse(received);
    if asked.operation != "ListAccounts" {
        return Err(Refusal::new(400, "UnknownOperationException", ""));
    }
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
    let page = Page::cut(
        "organizations",
        inventory.accounts.len(),
        20,
        asked.max_results.as_deref(),
        asked.page_token.as_deref(),
    )?;
    let accounts = inventory.accounts.iter().skip(page.start);
    let accounts: Vec<Value> = accounts
        .take(page.end - page.start)
        .map(|(id, account)| {
            json!({
                "Id": id,
                "Arn": format!("arn:aws:organizations::{management}:account/o-sandbox0000/{id}"),
                "Email": format!("{id}@example.com"),
                "Name": account.name,
                "Status": "ACTIVE",
                "JoinedMethod": "CREATED",
                "JoinedTimestamp": 1_700_000_000.0,
            })
        })
        .collect();
    let mut answer = json!({ "Accounts": accounts });
    if let Some(token) = page.next_token {
        answer["NextToken"] = Value::from(token);
    }
    Ok(answer)
}

fn body_of(received: &Received) -> Value {
    serde_json::from_slice(&received.body).unwrap_or_default()
}
