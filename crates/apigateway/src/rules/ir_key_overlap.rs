//! IR-KEY-OVERLAP: two keys match the same status code.

use super::KEY;
use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{KeysView, Report, Severity};
use std::collections::HashMap;

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-OVERLAP",
    severity: Severity::Information,
    certainty: Certainty::Assumed,
    summary: "two keys match the same status code",
    why: "Where two expressions match one status code, which response is chosen is not documented.",
    hint: "Make the expressions exclude each other: which one is taken is not documented.",
    link: RESPONSES,
    needs: Needs::Response,
    find: Find::Responses(find),
};

fn find(integration: &KeysView<'_>, report: &mut Report<'_>) {
    if !integration.integration.selects_by_status() {
        return;
    }
    // Who matches a code first.
    let mut owners: HashMap<u16, &str> = HashMap::new();
    for (place, key) in integration.known() {
        let Some(codes) = key.compiled().and_then(|pattern| pattern.status_codes()) else {
            continue;
        };
        let mut shared = None;
        for code in codes {
            let owner = *owners.entry(*code).or_insert(&key.text);
            if owner != &*key.text {
                shared = shared.or(Some((owner, *code)));
            }
        }
        if let Some((other, code)) = shared {
            let message = format!("keys \"{other}\" and \"{}\" both match {code}", key.text);
            report.on(integration.key_at(place, KEY), Severity::Information, message);
        }
    }
}
