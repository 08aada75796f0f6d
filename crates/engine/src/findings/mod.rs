//! `census.findings`: what the rules of integration responses find in the present rows, as they stream by.
//!
//! The rules themselves belong to `census-apigateway`. Here rows become the facts that rules look at: what is known of
//! APIs, integrations and routes is kept, responses are judged batch by batch and forgotten. Nothing is inferred from
//! rows that are absent unless coverage proves that there are none.

mod facts;
mod inputs;
mod judge;
mod rows;
mod stream;
mod table;

use crate::completeness::Completeness;
use census_apigateway::rules::{Needs, RULES};
pub(crate) use inputs::KEY_TAGS;
use inputs::{ROUTE_RESPONSES, ROUTES};
pub(crate) use table::open;

/// Returns the ids of the rules that found nothing somewhere because routes are not known completely, for an answer
/// that reads `census.findings`.
#[must_use]
pub fn rules_not_judged(completeness: &Completeness) -> Vec<&'static str> {
    let is_known = |dataset: &str| {
        completeness.datasets.iter().any(|read| read == dataset)
            && !completeness.never_collected.iter().any(|never| never == dataset)
            && !completeness.incomplete.iter().any(|missing| missing.scope.dataset == dataset)
    };
    if is_known(ROUTES.dataset) && is_known(ROUTE_RESPONSES.dataset) {
        return Vec::new();
    }
    let needing = RULES.iter().filter(|rule| rule.needs == Needs::Routes);
    needing.map(|rule| rule.id).collect()
}
