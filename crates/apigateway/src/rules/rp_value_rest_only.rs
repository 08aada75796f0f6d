//! RP-VALUE-REST-ONLY: the value of a response parameter is in a form that is documented for REST APIs only.

use super::{Find, MAPPINGS, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-VALUE-REST-ONLY",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "the value of a response parameter is in a form that is documented for REST APIs only",
    why: "The form is documented for REST APIs. Whether WebSocket APIs have it is not documented.",
    hint: "Use integration.response.header.NAME or integration.response.body.PATH.",
    link: MAPPINGS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        if parameter.source.as_ref().is_ok_and(|source| !source.is_documented()) {
            let message = format!("\"{}\" is documented for REST APIs only", parameter.value);
            report.at(&parameter.path(), message);
        }
    }
}
