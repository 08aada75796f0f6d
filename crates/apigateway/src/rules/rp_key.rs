//! RP-KEY: the key of a response parameter is no response header.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-KEY",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "the key of a response parameter is no response header",
    why: "A response parameter sets a header of the response, and nothing else.",
    hint: "Write method.response.header.NAME; other forms belong to HTTP APIs.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        if parameter.target.is_err() {
            let message = format!("\"{}\" is not \"method.response.header.NAME\"", parameter.key);
            report.at(&parameter.path(), message);
        }
    }
}
