//! IR-NONE: a non-proxy integration that has to answer has no integration response.

use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{KeysView, Report, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-NONE",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "a non-proxy integration that has to answer has no integration response",
    why: "Without an integration response there is nothing to answer with: the client receives an internal server error.",
    hint: "Add an integration response with the key $default.",
    link: RESPONSES,
    needs: Needs::Routes,
    find: Find::Responses(find),
};

fn find(integration: &KeysView<'_>, report: &mut Report<'_>) {
    let is_empty = integration.is_complete && integration.responses.is_empty();
    let integration = integration.integration;
    if is_empty && integration.is_proxy() == Some(false) && integration.is_two_way() == Some(true) {
        let id = &integration.id;
        report.at(
            "",
            format!(
                "integration \"{id}\" answers a two-way route, but has no integration response"
            ),
        );
    }
}
