//! IR-NO-DEFAULT: a non-proxy integration has no response $default.

use super::{Find, Needs, Rule, SELECTION};
use crate::Certainty;
use crate::check::{KeysView, Report, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-NO-DEFAULT",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a non-proxy integration has no response $default",
    why: "Where no key matches and there is no $default, the client receives an internal server error.",
    hint: "Add an integration response with the key $default.",
    link: SELECTION,
    needs: Needs::Response,
    find: Find::Responses(find),
};

fn find(integration: &KeysView<'_>, report: &mut Report<'_>) {
    let responses = integration.responses;
    let are_known = integration.is_complete && responses.iter().all(|one| one.key.is_some());
    let has_default = responses.iter().any(|one| one.key.as_deref() == Some("$default"));
    let is_proxy = integration.integration.is_proxy();
    if is_proxy == Some(false) && are_known && !responses.is_empty() && !has_default {
        let id = &integration.integration.id;
        report
            .at("", format!("integration \"{id}\" has no response \"$default\" as its catch-all"));
    }
}
