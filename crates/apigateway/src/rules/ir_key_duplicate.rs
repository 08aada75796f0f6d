//! IR-KEY-DUPLICATE: two integration responses of one integration have the same key.

use super::KEY;
use super::{Find, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{IntegrationView, Report, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-DUPLICATE",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "two integration responses of one integration have the same key",
    hint: "Delete one of them.",
    link: RESPONSES,
    find: Find::Integration(find),
};

fn find(integration: &IntegrationView<'_>, report: &mut Report<'_>) {
    let mut seen = Vec::new();
    for response in integration.facts.responses.iter().flatten() {
        let Some(key) = response.key.as_deref() else { continue };
        if seen.contains(&key) {
            let subject = Subject::of_response(&integration.facts.id, response.id.as_deref());
            let subject = Subject { path: KEY.to_owned(), ..subject };
            report.on(subject, Severity::Warning, format!("key \"{key}\" comes more than once"));
        }
        seen.push(key);
    }
}
