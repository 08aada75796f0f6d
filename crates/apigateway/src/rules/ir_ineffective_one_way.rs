//! IR-INEFFECTIVE-ONE-WAY: no two-way route targets the integration of a response.

use super::{Find, ROUTE_RESPONSE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-INEFFECTIVE-ONE-WAY",
    severity: Severity::Information,
    certainty: Certainty::Documented,
    summary: "no two-way route targets the integration of a response",
    hint: "Add a route response with the key $default to a route.",
    link: ROUTE_RESPONSE,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let integration = response.integration;
    let is_routed = integration.routes.as_ref().is_some_and(|routes| !routes.is_empty());
    let is_one_way = integration.is_two_way() == Some(false) && !integration.answers_connect();
    if is_routed && is_one_way && integration.is_proxy() == Some(false) {
        let id = &integration.facts.id;
        report
            .at("", format!("all routes to integration \"{id}\" are one-way: nothing is returned"));
    }
}
