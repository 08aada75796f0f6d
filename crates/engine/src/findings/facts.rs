//! What is known of APIs, integrations and routes before responses are judged.

use super::inputs::{Columns, KEY_TAGS, ROUTE_RESPONSES, ROUTES, text};
use census_apigateway::check::{IntegrationContext, RouteFacts, RouteResponseFacts, Routing};
use census_directory::scope::Scope;
use census_store::CoverageRow;
use datafusion::arrow::array::RecordBatch;
use datafusion::common::Result;
use std::collections::{HashMap, HashSet};

/// What an entry costs beside its texts, in bytes.
const ENTRY: usize = 160;

/// The scopes whose last reading was complete.
#[derive(Debug, Default)]
pub(super) struct CompleteScopes(HashSet<Scope>);

impl CompleteScopes {
    pub(super) fn of(coverage: &[CoverageRow]) -> Self {
        let complete = coverage.iter().filter(|row| row.complete);
        Self(complete.map(|row| row.scope.clone()).collect())
    }

    pub(super) fn has(&self, account_id: &str, region: &str, dataset: &str) -> bool {
        self.0.contains(&Scope {
            account_id: account_id.to_owned(),
            region: region.to_owned(),
            dataset: dataset.to_owned(),
        })
    }
}

/// What is kept while responses stream by.
#[derive(Debug, Default)]
pub(super) struct Facts {
    accounts: HashMap<Box<str>, Account>,
    pub(super) integrations: Vec<Integration>,
    /// What all of it weighs, in bytes.
    pub(super) weight: usize,
}

#[derive(Debug, Default)]
struct Account {
    /// By ARN.
    apis: HashMap<Box<str>, Api>,
    /// Places of integrations by ARN.
    integrations: HashMap<Box<str>, usize>,
    /// ARNs of routes that have a route response `$default`.
    answering: HashSet<Box<str>>,
}

/// What rules have to know of an API.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Api {
    pub(super) is_http: bool,
    /// Whether its own AWS tags hide keys of responses and routes.
    pub(super) hides_keys: bool,
}

/// An integration, and where it is.
#[derive(Debug)]
pub(super) struct Integration {
    pub(super) context: IntegrationContext,
    pub(super) account_id: Box<str>,
    pub(super) region: Box<str>,
    /// Its ARN.
    pub(super) key: Box<str>,
    pub(super) api: Api,
}

/// A route, and where it is.
pub(super) struct FoundRoute<'a> {
    pub(super) facts: RouteFacts,
    pub(super) account_id: &'a str,
    pub(super) region: &'a str,
    pub(super) key: &'a str,
}

impl Facts {
    /// Takes rows of APIs.
    pub(super) fn add_apis(&mut self, batch: &RecordBatch) -> Result<()> {
        let columns = Columns(batch);
        let (keys, accounts) = (columns.texts("_key")?, columns.texts("account_id")?);
        let (protocols, tags) = (columns.texts("protocol_type")?, columns.hstores("tags")?);
        for row in 0..batch.num_rows() {
            let (Some(key), Some(account)) = (text(keys, row), text(accounts, row)) else {
                continue;
            };
            let api = Api {
                is_http: text(protocols, row) == Some("HTTP"),
                hides_keys: tags.entries(row).any(|(tag, _)| KEY_TAGS.contains(&tag)),
            };
            self.weight += ENTRY + key.len();
            self.account(account).apis.insert(key.into(), api);
        }
        Ok(())
    }

    /// Takes rows of integrations.
    pub(super) fn add_integrations(
        &mut self,
        batch: &RecordBatch,
        complete: &CompleteScopes,
    ) -> Result<()> {
        let columns = Columns(batch);
        let (keys, accounts) = (columns.texts("_key")?, columns.texts("account_id")?);
        let regions = columns.texts("region")?;
        let (kinds, uris) = (columns.texts("integration_type")?, columns.texts("integration_uri")?);
        for row in 0..batch.num_rows() {
            let (Some(key), Some(account), Some(region)) =
                (text(keys, row), text(accounts, row), text(regions, row))
            else {
                continue;
            };
            let Some((api, id)) = key.rsplit_once("/integrations/") else { continue };
            let api = self.api(account, api);
            let are_known = complete.has(account, region, ROUTES.dataset) && !api.hides_keys;
            let routing = are_known.then_some(Routing::NONE);
            let context =
                IntegrationContext::of_type(id, text(kinds, row), text(uris, row), routing);
            self.weight += 2 * ENTRY + 2 * key.len();
            let place = self.integrations.len();
            self.account(account).integrations.insert(key.into(), place);
            self.integrations.push(Integration {
                context,
                account_id: account.into(),
                region: region.into(),
                key: key.into(),
                api,
            });
        }
        Ok(())
    }

    /// Takes rows of route responses.
    pub(super) fn add_route_responses(&mut self, batch: &RecordBatch) -> Result<()> {
        let columns = Columns(batch);
        let (keys, accounts) = (columns.texts("_key")?, columns.texts("account_id")?);
        let response_keys = columns.texts("_tag_route_response_key")?;
        for row in 0..batch.num_rows() {
            let (Some(key), Some(account)) = (text(keys, row), text(accounts, row)) else {
                continue;
            };
            let route = key.rsplit_once("/routeresponses/").map(|(route, _)| route);
            if let (Some(route), Some("$default")) = (route, text(response_keys, row)) {
                self.weight += ENTRY + route.len();
                self.account(account).answering.insert(route.into());
            }
        }
        Ok(())
    }

    /// Takes rows of routes, and hands each to `see` that belongs to a WebSocket API and hides nothing.
    pub(super) fn add_routes(
        &mut self,
        batch: &RecordBatch,
        complete: &CompleteScopes,
        see: &mut dyn FnMut(&FoundRoute<'_>),
    ) -> Result<()> {
        let columns = Columns(batch);
        let (keys, accounts) = (columns.texts("_key")?, columns.texts("account_id")?);
        let (regions, targets) = (columns.texts("region")?, columns.texts("target")?);
        let expressions = columns.texts("route_response_selection_expression")?;
        let route_keys = columns.texts("_tag_route_key")?;
        for row in 0..batch.num_rows() {
            let (Some(key), Some(account_id), Some(region)) =
                (text(keys, row), text(accounts, row), text(regions, row))
            else {
                continue;
            };
            let Some((api_key, id)) = key.rsplit_once("/routes/") else { continue };
            let api = self.api(account_id, api_key);
            if api.is_http || api.hides_keys {
                continue;
            }
            let are_listed = complete.has(account_id, region, ROUTE_RESPONSES.dataset);
            let answers = self.account(account_id).answering.contains(key);
            let response = RouteResponseFacts { key: "$default".to_owned() };
            let facts = RouteFacts {
                id: id.to_owned(),
                key: text(route_keys, row).unwrap_or_default().to_owned(),
                target: text(targets, row).map(str::to_owned),
                response_selection_expression: text(expressions, row).map(str::to_owned),
                // One that is there answers, whether or not there may be others.
                responses: match (answers, are_listed) {
                    (true, _) => Some(vec![response]),
                    (false, true) => Some(Vec::new()),
                    (false, false) => None,
                },
            };
            let target = facts.target.as_deref().unwrap_or_default();
            let target = self.place(account_id, &format!("{api_key}/{target}"));
            let integration = target.and_then(|place| self.integrations.get_mut(place));
            if let Some(routing) = integration.and_then(|one| one.context.routing.as_mut()) {
                routing.add(&facts);
            }
            see(&FoundRoute { facts, account_id, region, key });
        }
        Ok(())
    }

    /// Returns where the integration with an ARN is.
    pub(super) fn place(&self, account_id: &str, key: &str) -> Option<usize> {
        self.accounts.get(account_id)?.integrations.get(key).copied()
    }

    /// Returns what is known of the API with an ARN.
    pub(super) fn api(&self, account_id: &str, key: &str) -> Api {
        let account = self.accounts.get(account_id);
        account.and_then(|account| account.apis.get(key)).copied().unwrap_or_default()
    }

    fn account(&mut self, account_id: &str) -> &mut Account {
        if !self.accounts.contains_key(account_id) {
            self.accounts.insert(account_id.into(), Account::default());
        }
        self.accounts.entry(account_id.into()).or_default()
    }
}
