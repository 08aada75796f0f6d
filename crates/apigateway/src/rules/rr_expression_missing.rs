//! RR-EXPRESSION-MISSING: a route has a route response, but no expression that selects it.

use super::{Find, Needs, ROUTE_RESPONSE, Rule};
use crate::Certainty;
use crate::check::{Report, RouteFacts, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RR-EXPRESSION-MISSING",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a route has a route response, but no expression that selects it",
    why: "AWS' own tools set both the route response and the expression; whether the first suffices is not documented.",
    hint: "Set the route response selection expression to $default.",
    link: ROUTE_RESPONSE,
    needs: Needs::Routes,
    find: Find::Route(find),
};

fn find(route: &RouteFacts, report: &mut Report<'_>) {
    let is_special = route.key == "$connect" || route.key == "$disconnect";
    if !is_special && !route.selects_response() && route.has_default_response() == Some(true) {
        report
            .at("", format!("route \"{}\" has no route response selection expression", route.key));
    }
}
