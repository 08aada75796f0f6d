//! RP-UNOBSERVABLE: response parameters stand on an integration that answers no $connect.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-UNOBSERVABLE",
    severity: Severity::Information,
    certainty: Certainty::Assumed,
    summary: "response parameters stand on an integration that answers no $connect",
    why: "Only the answer to $connect has headers. After it clients receive data frames, which have none.",
    hint: "Put the value into the payload: a data frame has no headers.",
    link: REFERENCE,
    needs: Needs::Routes,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let integration = response.integration;
    let is_routed = integration.is_routed();
    if is_routed && !integration.answers_connect() && !response.parameters.is_empty() {
        let id = &integration.id;
        let message =
            format!("integration \"{id}\" answers with data frames, which have no headers");
        report.at("responseParameters", message);
    }
}
