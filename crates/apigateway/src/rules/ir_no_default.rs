//! IR-NO-DEFAULT: a non-proxy integration has no response $default.

use super::{Find, Rule, SELECTION};
use crate::Certainty;
use crate::check::{IntegrationView, Report, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-NO-DEFAULT",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a non-proxy integration has no response $default",
    hint: "Add an integration response with the key $default.",
    link: SELECTION,
    find: Find::Integration(find),
};

fn find(integration: &IntegrationView<'_>, report: &mut Report<'_>) {
    let Some(responses) = &integration.facts.responses else { return };
    let is_complete = responses.iter().all(|response| response.key.is_some());
    let has_default = responses.iter().any(|response| response.key.as_deref() == Some("$default"));
    if integration.is_proxy() == Some(false) && is_complete && !responses.is_empty() && !has_default
    {
        let id = &integration.facts.id;
        report
            .at("", format!("integration \"{id}\" has no response \"$default\" as its catch-all"));
    }
}
