//! CH-ENUM: the content handling strategy is not one of those there are.

use super::HANDLING;
use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::simulate::Strategy;

pub(super) const RULE: Rule = Rule {
    id: "CH-ENUM",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "the content handling strategy is not one of those there are",
    why: "AWS knows two strategies; what it does with another text is not documented.",
    hint: "Use CONVERT_TO_BINARY or CONVERT_TO_TEXT.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if let Some(text) = &response.facts.content_handling
        && Strategy::parse(text).is_none()
    {
        report.at(HANDLING, format!("content handling strategy \"{text}\" does not exist"));
    }
}
