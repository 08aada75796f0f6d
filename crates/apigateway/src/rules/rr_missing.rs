//! RR-MISSING: a route selects a route response, but has none.

use super::{Find, ROUTE_RESPONSE, Rule};
use crate::Certainty;
use crate::check::{ApiFacts, Report, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    id: "RR-MISSING",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a route selects a route response, but has none",
    hint: "Add a route response with the key $default.",
    link: ROUTE_RESPONSE,
    find: Find::Api(find),
};

fn find(api: &ApiFacts, report: &mut Report<'_>) {
    for route in api.routes.iter().flatten() {
        let is_special = route.key == "$connect" || route.key == "$disconnect";
        if !is_special && route.selects_response() && route.has_default_response() == Some(false) {
            let message = format!("route \"{}\" has no route response \"$default\"", route.key);
            report.on(Subject::of_route(&route.id), Severity::Warning, message);
        }
    }
}
