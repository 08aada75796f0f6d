//! IR-UNUSED: no route targets the integration of a response.

use super::{Find, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-UNUSED",
    severity: Severity::Information,
    certainty: Certainty::Assumed,
    summary: "no route targets the integration of a response",
    hint: "Delete the integration, or route to it.",
    link: RESPONSES,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if response.integration.routes.as_ref().is_some_and(Vec::is_empty) {
        let id = &response.integration.facts.id;
        report.at("", format!("no route targets integration \"{id}\""));
    }
}
