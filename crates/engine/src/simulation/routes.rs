//! The route that a message takes: the one that is named, or the only one that can be meant.

use super::lookup::{FoundApi, FoundIntegration, named, unknown};
use super::read::{Row, RowSet, literal};
use crate::error::EngineError;
use crate::session::Session;
use census_apigateway::simulate::Route;
use census_error::Result;

const ROUTE: &str = "aws.apigatewayv2_route";
const ROUTE_RESPONSE: &str = "aws.apigatewayv2_routeresponse";

/// A route, and what is to be known of how it was chosen.
pub(super) struct Routed {
    pub(super) route: Route,
    pub(super) notes: Vec<String>,
}

impl Session {
    pub(super) async fn find_route(
        &self,
        api: &FoundApi,
        integration: &FoundIntegration,
        wanted: Option<&str>,
    ) -> Result<Routed> {
        let note = |note: &str| vec![note.to_owned()];
        if !self.knows(ROUTE, api).await? {
            let notes =
                note("routes were not collected completely: a route that answers is supposed");
            return Ok(Routed { route: supposed(wanted), notes });
        }
        let (account, prefix) =
            (literal(&api.account_id)?, literal(&format!("{}/routes/", api.key))?);
        let rows = self
            .read(&format!(
                "SELECT _key, target, route_response_selection_expression AS expression, tags->'route_key' AS key \
                 FROM {ROUTE} WHERE account_id = {account} AND starts_with(_key, {prefix}) ORDER BY key"
            ))
            .await?;
        let target = format!("integrations/{}", integration.id);
        let leads_here = |row: &Row<'_>| row.text("target").as_deref() == Some(&target);
        let leading: Vec<Row<'_>> = rows.iter().filter(leads_here).collect();
        let chosen = match (wanted, leading.as_slice()) {
            (Some(wanted), _) => {
                let row = named_route(&rows, wanted)?;
                if !leads_here(&row) {
                    let error = EngineError::RouteElsewhere {
                        route: wanted.to_owned(),
                        integration: integration.id.clone(),
                        leading: named(leading.iter().map(|row| row.text_or_empty("key"))),
                    };
                    return Err(error.into());
                }
                row
            }
            (None, []) => {
                let notes = note(
                    "no route leads to the integration: no client ever sees its answers; a route that answers is supposed",
                );
                return Ok(Routed { route: supposed(None), notes });
            }
            (None, [row]) => *row,
            (None, several) => {
                let detail = named(several.iter().map(|row| row.text_or_empty("key")));
                let name = integration.id.clone();
                return Err(EngineError::SeveralRoutes { name, detail }.into());
            }
        };
        self.described(api, chosen).await
    }

    async fn described(&self, api: &FoundApi, row: Row<'_>) -> Result<Routed> {
        let key = row.text_or_empty("key");
        if !self.knows(ROUTE_RESPONSE, api).await? {
            let notes = vec![format!(
                "route responses were not collected completely: the route \"{key}\" is supposed to answer"
            )];
            return Ok(Routed { route: supposed(Some(&key)), notes });
        }
        let prefix = literal(&format!("{}/routeresponses/", row.text_or_empty("_key")))?;
        let account = literal(&api.account_id)?;
        let responses = self
            .read(&format!(
                "SELECT tags->'route_response_key' AS key FROM {ROUTE_RESPONSE} \
                 WHERE account_id = {account} AND starts_with(_key, {prefix})"
            ))
            .await?;
        let route = Route {
            key,
            response_selection_expression: row.text("expression"),
            has_default_response: responses
                .iter()
                .any(|response| response.text("key").as_deref() == Some("$default")),
            is_supposed: false,
        };
        Ok(Routed { route, notes: Vec::new() })
    }

    /// Tells whether a dataset was read completely in an API's account and region.
    async fn knows(&self, dataset: &str, api: &FoundApi) -> Result<bool> {
        if self.directory().dataset(dataset).is_err() {
            return Ok(false);
        }
        let coverage = self.coverage(&[dataset]).await?;
        let scope = coverage
            .iter()
            .find(|row| row.scope.account_id == api.account_id && row.scope.region == api.region);
        Ok(scope.is_some_and(|row| row.complete))
    }
}

/// A route that answers, of which nothing is known but its key, if that.
fn supposed(key: Option<&str>) -> Route {
    let key = key.unwrap_or_default().to_owned();
    Route { key, is_supposed: true, ..Route::default() }
}

fn named_route<'a>(rows: &'a RowSet, wanted: &str) -> Result<Row<'a>> {
    let found = rows.iter().find(|row| row.text("key").as_deref() == Some(wanted));
    found.ok_or_else(|| {
        let known: Vec<String> = rows.iter().filter_map(|row| row.text("key")).collect();
        unknown("route", wanted, &known)
    })
}
