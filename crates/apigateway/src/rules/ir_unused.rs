//! IR-UNUSED: no route targets the integration of a response.

use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Routing, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-UNUSED",
    severity: Severity::Information,
    certainty: Certainty::Assumed,
    summary: "no route targets the integration of a response",
    why: "No message reaches the integration, so that none of its responses is ever chosen.",
    hint: "Delete the integration, or route to it.",
    link: RESPONSES,
    needs: Needs::Routes,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if response.integration.routing == Some(Routing::NONE) {
        let id = &response.integration.id;
        report.at("", format!("no route targets integration \"{id}\""));
    }
}
