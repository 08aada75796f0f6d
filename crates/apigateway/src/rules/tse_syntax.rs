//! TSE-SYNTAX: a template selection expression does not parse.

use super::EXPRESSION;
use super::{Find, Needs, Rule, SELECTION};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "TSE-SYNTAX",
    severity: Severity::Error,
    certainty: Certainty::Assumed,
    summary: "a template selection expression does not parse",
    why: "An expression that does not parse yields no key, so that no template can be chosen by it.",
    hint: "Close the brace.",
    link: SELECTION,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if let Some(Err(error)) = &response.expression {
        report.at(EXPRESSION, format!("the template selection expression does not parse: {error}"));
    }
}
