//! IR-KEY-OVERLAP: two keys match the same status code.

use super::KEY;
use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{KeysView, Report, Severity};
use crate::pattern::StatusCodes;
use std::collections::HashSet;

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
    let mut seen: Vec<(&str, &StatusCodes)> = Vec::new();
    let mut texts: HashSet<&str> = HashSet::new();
    let mut taken = StatusCodes::default();
    for (place, key) in integration.known() {
        let Some(codes) = key.compiled().and_then(|pattern| pattern.status_codes()) else {
            continue;
        };
        // A key that is there twice has a rule of its own.
        if !texts.insert(&key.text) {
            continue;
        }
        if let Some(code) = codes.first_shared(&taken)
            && let Some((other, _)) = seen.iter().find(|(_, earlier)| earlier.contains(code))
        {
            let message = format!("keys \"{other}\" and \"{}\" both match {code}", key.text);
            report.on(integration.key_at(place, KEY), Severity::Information, message);
        }
        taken.extend(codes);
        seen.push((&key.text, codes));
    }
}
