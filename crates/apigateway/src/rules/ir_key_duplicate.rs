//! IR-KEY-DUPLICATE: two integration responses of one integration have the same key.

use super::KEY;
use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{KeysView, Report, Severity};
use std::collections::HashSet;

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-DUPLICATE",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "two integration responses of one integration have the same key",
    why: "Of two responses with one key only one can be chosen, and which one is not documented.",
    hint: "Delete one of them.",
    link: RESPONSES,
    needs: Needs::Response,
    find: Find::Responses(find),
};

fn find(integration: &KeysView<'_>, report: &mut Report<'_>) {
    let mut seen = HashSet::new();
    for (place, key) in integration.known() {
        if !seen.insert(&*key.text) {
            let subject = integration.key_at(place, KEY);
            let message = format!("key \"{}\" comes more than once", key.text);
            report.on(subject, Severity::Warning, message);
        }
    }
}
