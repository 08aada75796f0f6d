//! The accounts of an organization (AWS Organizations, AWS-JSON 1.1).

use crate::account::Account;
use crate::call::Caller;
use crate::endpoint::{Service, endpoint};
use crate::error::{CollectError, Result};
use crate::failure::{Failure, FailureKind};
use crate::options::{AccountSource, CollectOptions, Organization};
use crate::partition::Partition;
use crate::sign::{Body, Request};
use crate::transport::Answer;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};

/// After so many pages a list is taken to have no end: no organization has a hundred thousand accounts.
const MOST_PAGES: u32 = 10_000;

/// How an organization is asked.
struct Directory<'a> {
    caller: &'a Caller,
    endpoint: String,
    region: &'a str,
}

/// Returns the sources of an organization's active accounts: the asking account's own, roles for the others.
///
/// # Errors
/// Denied access, no organization, no such organizational unit, or no account.
pub(crate) async fn members(
    organization: &Organization,
    asking: &Account,
    caller: &Caller,
    options: &CollectOptions,
) -> Result<Vec<AccountSource>> {
    let partition = Partition::of_region(&asking.home);
    let service = Service { id: "organizations", prefix: "organizations" };
    let region = partition.organizations;
    let endpoint = endpoint(&asking.config, options.endpoint_url.as_deref(), service, region)?;
    let directory = Directory { caller, endpoint, region };
    let listed = directory.accounts(&organization.include, &organization.exclude).await;
    let ids = listed.map_err(|failure| CollectError::OrganizationUnknown {
        account: asking.source.clone(),
        failure,
    })?;
    if ids.is_empty() {
        // An organization has its management account at least: nothing found is nothing looked at.
        return Err(CollectError::NoMember { account: asking.source.clone() });
    }
    let source = |id: String| {
        if id == asking.id {
            return organization.base.clone();
        }
        AccountSource::Role {
            arn: format!("arn:{}:iam::{id}:role/{}", partition.name, organization.role_name),
            external_id: organization.external_id.clone(),
            base: Box::new(organization.base.clone()),
        }
    };
    Ok(ids.into_iter().map(source).collect())
}

impl Directory<'_> {
    /// Returns the ids of active accounts: all, or those of the units that are wanted.
    async fn accounts(
        &self,
        include: &[String],
        exclude: &[String],
    ) -> Result<BTreeSet<String>, Failure> {
        if include.is_empty() && exclude.is_empty() {
            return Ok(active(&self.list("ListAccounts", None, "Accounts").await?));
        }
        let mut units = include.to_vec();
        if units.is_empty() {
            units = ids(&self.list("ListRoots", None, "Roots").await?);
        }
        let mut seen: HashSet<String> = exclude.iter().cloned().collect();
        let mut accounts = BTreeSet::new();
        while let Some(unit) = units.pop() {
            if !seen.insert(unit.clone()) {
                continue;
            }
            let below = Some(unit.as_str());
            let held = self.list("ListAccountsForParent", below, "Accounts").await?;
            accounts.extend(active(&held));
            let operation = "ListOrganizationalUnitsForParent";
            units.extend(ids(&self.list(operation, below, "OrganizationalUnits").await?));
        }
        Ok(accounts)
    }

    /// Reads a list with all its pages.
    async fn list(
        &self,
        operation: &str,
        parent: Option<&str>,
        member: &str,
    ) -> Result<Vec<Value>, Failure> {
        let mut items = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut body = json!({});
            if let Some(parent) = parent {
                body["ParentId"] = parent.into();
            }
            if let Some(token) = &token {
                body["NextToken"] = token.as_str().into();
            }
            let request = Request {
                method: reqwest::Method::POST,
                url: format!("{}/", self.endpoint),
                body: Body::Json {
                    target: format!("AWSOrganizationsV20161128.{operation}"),
                    text: body.to_string(),
                },
                region: self.region.to_owned(),
                signing_name: "organizations".to_owned(),
            };
            let read = |answer: &Answer| read(answer, operation, member);
            let (page, next) = self.caller.call(&request, read).await.0?;
            items.extend(page);
            match next {
                Some(next) => token = Some(next),
                None => return Ok(items),
            }
        }
        Err(Failure::new(FailureKind::Refused, format!("{operation} does not end"))
            .with_code("EndlessList"))
    }
}

fn read(
    answer: &Answer,
    operation: &str,
    member: &str,
) -> Result<(Vec<Value>, Option<String>), Failure> {
    if !answer.status.is_success() {
        return Err(Failure::of_json(answer.status, &answer.headers, &answer.body));
    }
    let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let Some(Value::Array(items)) = body.get_mut(member).map(Value::take) else {
        let message = format!("the answer to {operation} holds no list \"{member}\"");
        return Err(Failure::new(FailureKind::Unavailable, message).with_code("MalformedAnswer"));
    };
    let next = body.get("NextToken").and_then(Value::as_str).filter(|token| !token.is_empty());
    Ok((items, next.map(str::to_owned)))
}

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().filter_map(|item| item.get("Id")?.as_str().map(str::to_owned)).collect()
}

/// A suspended account, or one that is being closed, lets nobody in.
fn active(accounts: &[Value]) -> BTreeSet<String> {
    let is_active = |account: &&Value| {
        let state = account.get("State").or_else(|| account.get("Status"));
        state.and_then(Value::as_str).is_none_or(|state| state == "ACTIVE")
    };
    let active = accounts.iter().filter(is_active);
    active.filter_map(|account| account.get("Id")?.as_str().map(str::to_owned)).collect()
}
