//! CH-BINARY-TEMPLATE: a payload that becomes binary has a template, which sees text only.

use super::HANDLING;
use super::{ENCODINGS, Find, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "CH-BINARY-TEMPLATE",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a payload that becomes binary has a template, which sees text only",
    why: "A template sees text. A payload that has been decoded into bytes cannot go through one, and the message fails.",
    hint: "Leave out the template or the conversion.",
    link: ENCODINGS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let is_binary = response.facts.content_handling.as_deref() == Some("CONVERT_TO_BINARY");
    if is_binary && response.facts.templates.iter().any(|(_, text)| !text.is_empty()) {
        report.at(HANDLING, "\"CONVERT_TO_BINARY\" and a template exclude each other".to_owned());
    }
}
