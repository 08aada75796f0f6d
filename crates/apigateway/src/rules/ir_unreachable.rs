//! IR-UNREACHABLE: `$default` is never taken, because every status code has a key of its own.

use super::{Find, KEY, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{KeysView, Report, Severity};
use crate::grammar::ResponseKey;
use crate::pattern::StatusCodes;
use crate::simulate::IntegrationKind;

pub(super) const RULE: Rule = Rule {
    id: "IR-UNREACHABLE",
    severity: Severity::Information,
    certainty: Certainty::Documented,
    summary: "other keys match every status code, so that $default is never taken",
    why: "$default is taken where no other key matches. Where the others together match all codes from 100 to 599, what it maps is never sent.",
    hint: "Narrow the other keys, if $default was meant to be taken.",
    link: RESPONSES,
    needs: Needs::Response,
    find: Find::Responses(find),
};

fn find(integration: &KeysView<'_>, report: &mut Report<'_>) {
    // A mock may ask for any number.
    if integration.integration.kind != Some(IntegrationKind::Http) {
        return;
    }
    let default = integration.known().find(|(_, key)| key.key == ResponseKey::Default);
    let Some((place, _)) = default else { return };
    let mut matched = StatusCodes::default();
    for (_, key) in integration.known() {
        let Some(pattern) = key.compiled() else { continue };
        // One that matches everything has a rule of its own.
        if pattern.is_catch_all() {
            return;
        }
        if let Some(codes) = pattern.status_codes() {
            matched.extend(codes);
        }
    }
    if matched.is_full() {
        let message = "key \"$default\" is never taken: the others match every status code";
        report.on(integration.key_at(place, KEY), Severity::Information, message.to_owned());
    }
}
