//! Judges a batch of integration responses.

use super::facts::Facts;
use super::inputs::{Columns, RESPONSES, text};
use super::rows::{FindingRows, Place};
use census_apigateway::check::{
    Checker, Finding, IntegrationContext, IntegrationResponseFacts, ListedResponse,
};
use census_types::hstore::HstoreArray;
use datafusion::arrow::array::RecordBatch;
use datafusion::common::Result;

/// What a batch gives.
pub(super) struct Judged {
    pub(super) rows: Vec<RecordBatch>,
    /// The responses by the places of their integrations.
    pub(super) listed: Vec<(usize, ListedResponse)>,
}

/// Judges every response of a batch by itself.
pub(super) fn judge(facts: &Facts, checker: &Checker, batch: &RecordBatch) -> Result<Judged> {
    let columns = Columns(batch);
    let (keys, accounts) = (columns.texts("_key")?, columns.texts("account_id")?);
    let regions = columns.texts("region")?;
    let ids = columns.texts("integration_response_id")?;
    let parameters = columns.hstores("response_parameters")?;
    let templates = columns.hstores("response_templates")?;
    let expressions = columns.texts("template_selection_expression")?;
    let strategies = columns.texts("content_handling_strategy")?;
    let response_keys = columns.texts("_tag_integration_response_key")?;
    let (mut rows, mut batches) = (FindingRows::default(), Vec::new());
    let mut findings: Vec<Finding> = Vec::new();
    let mut listed = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        let (Some(key), Some(account_id), Some(region)) =
            (text(keys, row), text(accounts, row), text(regions, row))
        else {
            continue;
        };
        let parent = key.rsplit_once("/integrationresponses/").map_or("", |(parent, _)| parent);
        let (api_key, id) = parent.rsplit_once("/integrations/").unwrap_or(("", parent));
        let place = facts.place(account_id, parent);
        let known = place.and_then(|place| facts.integrations.get(place));
        let api = known.map_or_else(|| facts.api(account_id, api_key), |known| known.api);
        let response = IntegrationResponseFacts {
            id: text(ids, row).map(str::to_owned),
            key: text(response_keys, row).filter(|_| !api.hides_keys).map(str::to_owned),
            parameters: pairs(parameters, row),
            templates: pairs(templates, row),
            template_selection_expression: text(expressions, row).map(str::to_owned),
            content_handling: text(strategies, row).map(str::to_owned),
        };
        let unknown;
        let integration = if let Some(integration) = known {
            &integration.context
        } else {
            unknown = IntegrationContext::of_type(id, None, None, None);
            &unknown
        };
        if api.is_http {
            checker.response_of_http_api(integration, &response, &mut findings);
        } else {
            checker.response(integration, &response, &mut findings);
            listed.extend(place.map(|place| (place, checker.listed(&response))));
        }
        for finding in findings.drain(..) {
            rows.push(Place { dataset: RESPONSES.dataset, key, account_id, region }, &finding);
        }
        if rows.are_enough() {
            batches.push(rows.take()?);
        }
    }
    batches.push(rows.take()?);
    Ok(Judged { rows: batches, listed })
}

/// Returns the entries of an hstore whose values are not NULL.
fn pairs(hstores: HstoreArray<'_>, row: usize) -> Vec<(String, String)> {
    let entries = hstores.entries(row);
    entries.filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned()))).collect()
}
