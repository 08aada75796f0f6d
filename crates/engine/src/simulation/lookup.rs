//! The API, the integration and its responses that a request names.

use super::SimulationRequest;
use super::read::{Row, RowSet, literal};
use crate::completeness::Completeness;
use crate::error::EngineError;
use crate::findings::KEY_TAGS;
use crate::scopes_read::ScopesRead;
use crate::session::Session;
use census_apigateway::simulate::{Integration, IntegrationKind, IntegrationResponse};
use census_error::Result;
use std::collections::BTreeSet;

const API: &str = "aws.apigatewayv2_api";
const INTEGRATION: &str = "aws.apigatewayv2_integration";
const RESPONSE: &str = "aws.apigatewayv2_integrationresponse";

/// How many candidates an error names.
const NAMED: usize = 5;

/// An API.
pub(super) struct FoundApi {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) account_id: String,
    pub(super) region: String,
}

/// An integration.
pub(super) struct FoundIntegration {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) integration: Integration,
}

impl Session {
    pub(super) async fn find_api(&self, request: &SimulationRequest) -> Result<FoundApi> {
        let name = literal(&request.api)?;
        let rows = self
            .read(&format!(
                "SELECT _key, account_id, api_id, name, protocol_type, tags FROM {API} \
                 WHERE api_id = {name} OR name = {name} OR _key = {name} ORDER BY account_id, _key"
            ))
            .await?;
        let is_wanted = |row: &Row<'_>| {
            let account = request.account_id.as_deref();
            let region = request.region.as_deref();
            account.is_none_or(|account| row.text_or_empty("account_id") == account)
                && region.is_none_or(|region| region_of(&row.text_or_empty("_key")) == region)
        };
        let candidates: Vec<Row<'_>> = rows.iter().filter(is_wanted).collect();
        let row = match candidates.as_slice() {
            [row] => row,
            [] if rows.iter().next().is_none() => {
                return Err(self.unknown_api(&request.api).await?);
            }
            [] => {
                let (name, place) = (request.api.clone(), place_of(request));
                let detail = named(rows.iter().map(described));
                return Err(EngineError::ApiElsewhere { name, place, detail }.into());
            }
            several => {
                let detail = named(several.iter().map(|row| described(*row)));
                let name = request.api.clone();
                return Err(EngineError::Several { what: "API", name, detail }.into());
            }
        };
        let key = row.text_or_empty("_key");
        if row.text("protocol_type").as_deref() == Some("HTTP") {
            return Err(EngineError::HttpApi { name: request.api.clone() }.into());
        }
        let hiding =
            row.pairs("tags").into_iter().find(|(tag, _)| KEY_TAGS.contains(&tag.as_str()));
        if let Some((tag, _)) = hiding {
            return Err(EngineError::HiddenMember { name: request.api.clone(), tag }.into());
        }
        Ok(FoundApi {
            id: row.text_or_empty("api_id"),
            name: row.text("name"),
            account_id: row.text_or_empty("account_id"),
            region: region_of(&key).to_owned(),
            key,
        })
    }

    async fn unknown_api(&self, name: &str) -> Result<census_error::Error> {
        let sql = format!("SELECT DISTINCT name FROM {API} WHERE name IS NOT NULL ORDER BY name");
        let known = texts(&self.read(&sql).await?, "name");
        Ok(unknown("API", name, &known))
    }

    pub(super) async fn find_integration(
        &self,
        api: &FoundApi,
        name: &str,
    ) -> Result<FoundIntegration> {
        let account = literal(&api.account_id)?;
        let prefix = literal(&format!("{}/integrations/", api.key))?;
        let rows = self
            .read(&format!(
                "SELECT _key, integration_id, description, integration_type, integration_uri, request_templates, \
                 integration_response_selection_expression, template_selection_expression FROM {INTEGRATION} \
                 WHERE account_id = {account} AND starts_with(_key, {prefix}) ORDER BY _key"
            ))
            .await?;
        let is_named =
            |row: &Row<'_>| ["integration_id", "_key"].iter().any(|c| row.text_or_empty(c) == name);
        let by_id: Vec<Row<'_>> = rows.iter().filter(is_named).collect();
        let by_description = |row: &Row<'_>| row.text("description").as_deref() == Some(name);
        let candidates = match by_id.as_slice() {
            [] => rows.iter().filter(by_description).collect(),
            _ => by_id,
        };
        match candidates.as_slice() {
            [row] => Ok(found_integration(*row)),
            [] => {
                // A description says more to a reader than an id does.
                let mut known = texts(&rows, "description");
                known.extend(texts(&rows, "integration_id"));
                Err(unknown("integration", name, &known))
            }
            several => {
                let detail = named(several.iter().map(|row| row.text_or_empty("integration_id")));
                let name = name.to_owned();
                Err(EngineError::Several { what: "integration", name, detail }.into())
            }
        }
    }

    pub(super) async fn find_responses(
        &self,
        api: &FoundApi,
        integration: &FoundIntegration,
    ) -> Result<Vec<IntegrationResponse>> {
        let account = literal(&api.account_id)?;
        let prefix = literal(&format!("{}/integrationresponses/", integration.key))?;
        let rows = self
            .read(&format!(
                "SELECT integration_response_id, tags->'integration_response_key' AS key, response_parameters, \
                 response_templates, template_selection_expression, content_handling_strategy FROM {RESPONSE} \
                 WHERE account_id = {account} AND starts_with(_key, {prefix}) ORDER BY _key"
            ))
            .await?;
        let response = |row: Row<'_>| IntegrationResponse {
            id: row.text_or_empty("integration_response_id"),
            key: row.text_or_empty("key"),
            parameters: row.pairs("response_parameters"),
            templates: row.pairs("response_templates"),
            template_selection_expression: row.text("template_selection_expression"),
            content_handling: row.text("content_handling_strategy"),
        };
        Ok(rows.iter().map(response).collect())
    }

    /// Judges what is known of an API's account and region.
    pub(super) async fn completeness_at(&self, api: &FoundApi) -> Result<Completeness> {
        let datasets = [API, INTEGRATION, RESPONSE];
        let mut coverage = self.coverage(&datasets).await?;
        let tried = coverage.iter().map(|row| row.scope.dataset.clone()).collect();
        coverage
            .retain(|row| row.scope.account_id == api.account_id && row.scope.region == api.region);
        let datasets: BTreeSet<String> = datasets.into_iter().map(str::to_owned).collect();
        let read = ScopesRead { coverage, ..ScopesRead::default() };
        Ok(Completeness::of(datasets, &tried, &read))
    }
}

fn found_integration(row: Row<'_>) -> FoundIntegration {
    let kind = row.text_or_empty("integration_type");
    FoundIntegration {
        key: row.text_or_empty("_key"),
        id: row.text_or_empty("integration_id"),
        integration: Integration {
            kind: IntegrationKind::parse(&kind),
            uri: row.text("integration_uri"),
            response_selection_expression: row.text("integration_response_selection_expression"),
            request_templates: row.pairs("request_templates"),
            template_selection_expression: row.text("template_selection_expression"),
        },
    }
}

/// Returns where an API was looked for, in words.
fn place_of(request: &SimulationRequest) -> String {
    let named =
        |what: &str, name: &Option<String>| name.as_ref().map(|name| format!("{what} \"{name}\""));
    let places = [named("account", &request.account_id), named("region", &request.region)];
    places.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns an API with its account, as errors name it.
fn described(api: Row<'_>) -> String {
    format!("{} in {}", api.text_or_empty("_key"), api.text_or_empty("account_id"))
}

/// Returns the region in an ARN.
fn region_of(key: &str) -> &str {
    key.split(':').nth(3).unwrap_or_default()
}

fn texts(rows: &RowSet, column: &str) -> Vec<String> {
    rows.iter().filter_map(|row| row.text(column)).collect()
}

/// Returns the error for a name that nothing has, with the nearest one or the names there are.
pub(super) fn unknown(what: &'static str, name: &str, known: &[String]) -> census_error::Error {
    let nearest = census_directory::nearest(name, known.iter().map(String::as_str));
    let nearest = nearest.map(str::to_owned);
    let known = named(known.iter().cloned());
    EngineError::NoSuchThing { what, name: name.to_owned(), nearest, known }.into()
}

/// Returns the first few names.
pub(super) fn named(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let mut text = names.iter().take(NAMED).map(|name| format!("\"{name}\"")).collect::<Vec<_>>();
    if names.len() > NAMED {
        text.push(format!("and {} more", names.len() - NAMED));
    }
    text.join(", ")
}
