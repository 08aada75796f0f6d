//! IR-ON-HTTP-API: an HTTP API has an integration response.

use super::{Find, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{ApiFacts, Report, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    id: "IR-ON-HTTP-API",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "an HTTP API has an integration response",
    hint: "Delete it: only WebSocket APIs have integration responses.",
    link: REFERENCE,
    find: Find::HttpApi(find),
};

fn find(api: &ApiFacts, report: &mut Report<'_>) {
    for integration in &api.integrations {
        for response in integration.responses.iter().flatten() {
            let key = response.key.as_deref().unwrap_or_default();
            let message = format!("integration response \"{key}\" stands under an HTTP API");
            let subject = Subject::of_response(&integration.id, response.id.as_deref());
            report.on(subject, Severity::Error, message);
        }
    }
}
