//! IR-ON-HTTP-API: an HTTP API has an integration response.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{IntegrationResponseFacts, Report, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-ON-HTTP-API",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "an HTTP API has an integration response",
    why: "Integration responses belong to WebSocket APIs; under an HTTP API nothing reads them.",
    hint: "Delete it: only WebSocket APIs have integration responses.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::HttpResponse(find),
};

fn find(response: &IntegrationResponseFacts, report: &mut Report<'_>) {
    let key = response.key.as_deref().unwrap_or_default();
    report.at("", format!("integration response \"{key}\" stands under an HTTP API"));
}
