//! IR-NONE: a non-proxy integration that has to answer has no integration response.

use super::{Find, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{IntegrationView, Report, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-NONE",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "a non-proxy integration that has to answer has no integration response",
    hint: "Add an integration response with the key $default.",
    link: RESPONSES,
    find: Find::Integration(find),
};

fn find(integration: &IntegrationView<'_>, report: &mut Report<'_>) {
    let is_empty = integration.facts.responses.as_ref().is_some_and(Vec::is_empty);
    if is_empty && integration.is_proxy() == Some(false) && integration.is_two_way() == Some(true) {
        let id = &integration.facts.id;
        report.at(
            "",
            format!(
                "integration \"{id}\" answers a two-way route, but has no integration response"
            ),
        );
    }
}
