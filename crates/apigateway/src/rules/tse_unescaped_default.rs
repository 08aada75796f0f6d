//! TSE-UNESCAPED-DEFAULT: a template selection expression is $default without a backslash.

use super::EXPRESSION;
use super::{Find, Needs, Rule, SELECTION};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "TSE-UNESCAPED-DEFAULT",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a template selection expression is $default without a backslash",
    why: "Without its backslash $default is a variable, and it is empty: the template is not chosen by its key.",
    hint: "Write \\$default.",
    link: SELECTION,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if response.facts.template_selection_expression.as_deref() == Some("$default") {
        report.at(EXPRESSION, "\"$default\" names a variable that does not exist".to_owned());
    }
}
