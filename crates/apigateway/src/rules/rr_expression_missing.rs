//! RR-EXPRESSION-MISSING: a route has a route response, but no expression that selects it.

use super::{Find, ROUTE_RESPONSE, Rule};
use crate::Certainty;
use crate::check::{ApiFacts, Report, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    id: "RR-EXPRESSION-MISSING",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a route has a route response, but no expression that selects it",
    hint: "Set the route response selection expression to $default.",
    link: ROUTE_RESPONSE,
    find: Find::Api(find),
};

fn find(api: &ApiFacts, report: &mut Report<'_>) {
    for route in api.routes.iter().flatten() {
        let is_special = route.key == "$connect" || route.key == "$disconnect";
        if !is_special && !route.selects_response() && route.has_default_response() == Some(true) {
            let key = &route.key;
            let message = format!("route \"{key}\" has no route response selection expression");
            report.on(Subject::of_route(&route.id), Severity::Warning, message);
        }
    }
}
