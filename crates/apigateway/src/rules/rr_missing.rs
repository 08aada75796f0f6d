//! RR-MISSING: a route selects a route response, but has none.

use super::{Find, Needs, ROUTE_RESPONSE, Rule};
use crate::Certainty;
use crate::check::{Report, RouteFacts, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RR-MISSING",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a route selects a route response, but has none",
    why: "The route asks for an answer, but without a route response none is sent.",
    hint: "Add a route response with the key $default.",
    link: ROUTE_RESPONSE,
    needs: Needs::Routes,
    find: Find::Route(find),
};

fn find(route: &RouteFacts, report: &mut Report<'_>) {
    let is_special = route.key == "$connect" || route.key == "$disconnect";
    if !is_special && route.selects_response() && route.has_default_response() == Some(false) {
        report.at("", format!("route \"{}\" has no route response \"$default\"", route.key));
    }
}
