//! IR-INEFFECTIVE-ONE-WAY: no two-way route targets the integration of a response.

use super::{Find, Needs, ROUTE_RESPONSE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-INEFFECTIVE-ONE-WAY",
    severity: Severity::Information,
    certainty: Certainty::Documented,
    summary: "no two-way route targets the integration of a response",
    why: "Without a route response nothing is sent to the client, whatever the integration response says.",
    hint: "Add a route response with the key $default to a route.",
    link: ROUTE_RESPONSE,
    needs: Needs::Routes,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let integration = response.integration;
    let is_routed = integration.is_routed();
    let is_one_way = integration.is_two_way() == Some(false) && !integration.answers_connect();
    if is_routed && is_one_way && integration.is_proxy() == Some(false) {
        let id = &integration.id;
        report
            .at("", format!("all routes to integration \"{id}\" are one-way: nothing is returned"));
    }
}
