//! RP-UNOBSERVABLE: response parameters stand on an integration that answers no $connect.

use super::{Find, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-UNOBSERVABLE",
    severity: Severity::Information,
    certainty: Certainty::Assumed,
    summary: "response parameters stand on an integration that answers no $connect",
    hint: "Put the value into the payload: a data frame has no headers.",
    link: REFERENCE,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let integration = response.integration;
    let is_routed = integration.routes.as_ref().is_some_and(|routes| !routes.is_empty());
    if is_routed && !integration.answers_connect() && !response.parameters.is_empty() {
        let id = &integration.facts.id;
        let message =
            format!("integration \"{id}\" answers with data frames, which have no headers");
        report.at("responseParameters", message);
    }
}
