//! RP-VALUE-QUOTE: a static value of a response parameter is empty or has a single quote inside.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::grammar::ParameterSource;

pub(super) const RULE: Rule = Rule {
    id: "RP-VALUE-QUOTE",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a static value of a response parameter is empty or has a single quote inside",
    why: "How AWS reads a quote inside quotes, and whether it takes an empty value, is not documented.",
    hint: "Leave the quote out: how AWS reads it is not documented.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        let Ok(ParameterSource::Static(value)) = &parameter.source else { continue };
        if value.is_empty() {
            report.at(
                &parameter.path(),
                format!("the static value of \"{}\" is empty", parameter.key),
            );
        } else if value.contains('\'') {
            let message =
                format!("the static value of \"{}\" has a single quote inside", parameter.key);
            report.at(&parameter.path(), message);
        }
    }
}
