//! The accounts of an organization (AWS Organizations, AWS-JSON 1.1).

use crate::account::Account;
use crate::call::Caller;
use crate::endpoint::{Service, endpoint};
use crate::error::{CollectError, Result};
use crate::failure::{Failure, FailureKind, one_line};
use crate::options::{AccountSource, CollectOptions, Organization};
use crate::partition::Partition;
use crate::sign::{Body, Request};
use crate::transport::Answer;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// After so many pages a list is taken to have no end: no organization has a hundred thousand accounts.
const MOST_PAGES: u32 = 10_000;

/// How an organization is asked.
struct Directory<'a> {
    caller: &'a Caller,
    endpoint: String,
    region: &'a str,
}

/// An organization's accounts.
pub(crate) struct Members {
    /// The sources of the active ones: the asking account's own, roles for the others.
    pub(crate) sources: Vec<AccountSource>,
    /// What became of others.
    pub(crate) departed: Departed,
}

/// What became of accounts that are not, or no more, read as members.
pub(crate) struct Departed {
    /// The state of accounts that let nobody in, by account.
    closed: BTreeMap<String, String>,
    /// The accounts that are active.
    active: BTreeSet<String>,
    /// Whether units were chosen: what is not listed then may be a member all the same.
    is_part: bool,
}

impl Departed {
    /// Tells whether an account is suspended or being closed.
    pub(crate) fn is_closed(&self, account_id: &str) -> bool {
        self.closed.contains_key(account_id)
    }

    /// Tells whether the organization lists an account.
    pub(crate) fn lists(&self, account_id: &str) -> bool {
        self.active.contains(account_id) || self.is_closed(account_id)
    }

    /// Returns why an account is not read, by name and in words; `None` where it is, or where that is not known.
    pub(crate) fn reason(&self, account_id: &str) -> Option<(&'static str, String)> {
        if let Some(state) = self.closed.get(account_id) {
            let code = if state == "PENDING_CLOSURE" {
                "AccountPendingClosure"
            } else {
                "AccountSuspended"
            };
            return Some((code, format!("the organization calls the account {state}")));
        }
        let is_gone = !self.is_part && !self.active.contains(account_id);
        let message = || "the organization does not list the account any more".to_owned();
        is_gone.then(|| ("NotInOrganization", message()))
    }
}

/// Returns the accounts of an organization.
///
/// # Errors
/// Denied access, no organization, no such organizational unit, or no account.
pub(crate) async fn members(
    organization: &Organization,
    asking: &Account,
    caller: &Caller,
    options: &CollectOptions,
) -> Result<Members> {
    let partition = Partition::of_region(&asking.home);
    let service = Service { id: "organizations", prefix: "organizations" };
    let region = partition.organizations;
    let endpoint = endpoint(&asking.config, options.endpoint_url.as_deref(), service, region)?;
    let directory = Directory { caller, endpoint, region };
    let listed = directory.accounts(&organization.include, &organization.exclude).await;
    let departed = listed.map_err(|failure| CollectError::OrganizationUnknown {
        account: asking.source.clone(),
        failure,
    })?;
    if departed.active.is_empty() {
        // An organization has its management account at least: nothing found is nothing looked at.
        return Err(CollectError::NoMember { account: asking.source.clone() });
    }
    let source = |id: &String| {
        if *id == asking.id {
            return organization.base.clone();
        }
        AccountSource::Role {
            arn: format!("arn:{}:iam::{id}:role/{}", partition.name, organization.role_name),
            external_id: organization.external_id.clone(),
            base: Box::new(organization.base.clone()),
        }
    };
    Ok(Members { sources: departed.active.iter().map(source).collect(), departed })
}

impl Directory<'_> {
    /// Returns the accounts: all, or those of the units that are wanted.
    async fn accounts(&self, include: &[String], exclude: &[String]) -> Result<Departed, Failure> {
        let is_part = !include.is_empty() || !exclude.is_empty();
        if !is_part {
            return Ok(Departed::of(&self.list("ListAccounts", None, "Accounts").await?, is_part));
        }
        let mut units = include.to_vec();
        if units.is_empty() {
            units = ids(&self.list("ListRoots", None, "Roots").await?);
        }
        let excluded: HashSet<&String> = exclude.iter().collect();
        let mut seen: HashSet<String> = HashSet::new();
        let mut accounts = Vec::new();
        while let Some(unit) = units.pop() {
            if !seen.insert(unit.clone()) || excluded.contains(&unit) {
                continue;
            }
            let below = Some(unit.as_str());
            accounts.extend(self.list("ListAccountsForParent", below, "Accounts").await?);
            let operation = "ListOrganizationalUnitsForParent";
            units.extend(ids(&self.list(operation, below, "OrganizationalUnits").await?));
        }
        // A misspelt unit would leave nothing out.
        for unit in exclude.iter().filter(|unit| !seen.contains(*unit)) {
            self.list("ListAccountsForParent", Some(unit), "Accounts").await?;
        }
        Ok(Departed::of(&accounts, is_part))
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
        let mut seen = HashSet::new();
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
            let Some(next) = next else { return Ok(items) };
            if !seen.insert(next.clone()) {
                let message = format!("the same page token of {operation} came twice");
                return Err(Failure::new(FailureKind::Refused, message).with_code("RepeatedToken"));
            }
            token = Some(next);
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
    let nonsense = |what: &str| {
        let message = format!("the answer to {operation} {what}");
        Failure::new(FailureKind::Unavailable, message).with_code("MalformedAnswer")
    };
    let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let Some(Value::Array(items)) = body.get_mut(member).map(Value::take) else {
        return Err(nonsense(&format!("holds no list \"{member}\"")));
    };
    // Passed over, an account would be missing without a word.
    if !items.iter().all(|item| item.get("Id").is_some_and(Value::is_string)) {
        return Err(nonsense("holds an item without an id"));
    }
    match body.get_mut("NextToken").map(Value::take) {
        None | Some(Value::Null) => Ok((items, None)),
        Some(Value::String(token)) => Ok((items, Some(token).filter(|token| !token.is_empty()))),
        Some(_) => Err(nonsense("has a page token that is no text")),
    }
}

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().filter_map(id).collect()
}

fn id(item: &Value) -> Option<String> {
    item.get("Id")?.as_str().map(str::to_owned)
}

impl Departed {
    /// Tells the accounts that let somebody in from those that are suspended or being closed.
    fn of(accounts: &[Value], is_part: bool) -> Self {
        let (mut closed, mut active) = (BTreeMap::new(), BTreeSet::new());
        for account in accounts {
            let Some(id) = id(account) else { continue };
            let state = account.get("State").or_else(|| account.get("Status"));
            match state.and_then(Value::as_str) {
                None | Some("ACTIVE") => drop(active.insert(id)),
                Some(state) => drop(closed.insert(id, one_line(state))),
            }
        }
        Self { closed, active, is_part }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;

    fn page(body: &str) -> Result<(Vec<Value>, Option<String>), Failure> {
        let answer =
            Answer { status: StatusCode::OK, headers: HeaderMap::new(), body: body.into() };
        read(&answer, "ListAccounts", "Accounts")
    }

    #[test]
    fn an_answer_that_may_hide_accounts_is_no_list() {
        for body in [
            "{}",
            r#"{"Accounts": [{}]}"#,
            r#"{"Accounts": [{"Id": 1}]}"#,
            r#"{"Accounts": [], "NextToken": 7}"#,
            r#"{"Accounts": [], "NextToken": {}}"#,
        ] {
            let failure = page(body).unwrap_err();
            assert_eq!(failure.code.as_deref(), Some("MalformedAnswer"), "{body}");
        }
        assert_eq!(page(r#"{"Accounts": [], "NextToken": null}"#).unwrap().1, None);
    }

    #[test]
    fn accounts_that_are_not_read_have_a_reason() {
        let accounts = [
            json!({"Id": "1", "Status": "ACTIVE"}),
            json!({"Id": "2", "Status": "SUSPENDED"}),
            json!({"Id": "3", "State": "PENDING_CLOSURE", "Status": "ACTIVE"}),
        ];
        let code = |departed: &Departed, id| departed.reason(id).map(|(code, _)| code);
        let whole = Departed::of(&accounts, false);
        assert_eq!(code(&whole, "1"), None);
        assert_eq!(code(&whole, "2"), Some("AccountSuspended"));
        assert_eq!(code(&whole, "3"), Some("AccountPendingClosure"));
        assert_eq!(code(&whole, "4"), Some("NotInOrganization"));
        assert_eq!(code(&Departed::of(&accounts, true), "4"), None);
    }
}
