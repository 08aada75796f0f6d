//! RT-NO-DEFAULT: templates are selected by a variable, and none is the catch-all.

use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RT-NO-DEFAULT",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "templates are selected by a variable, and none is the catch-all",
    why: "Where the expression yields a key that no template has, the payload passes unchanged, which is assumed and seldom meant.",
    hint: "Add a template with the key $default.",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    // The fault of an unescaped "$default" is another one.
    if response.facts.template_selection_expression.as_deref() == Some("$default") {
        return;
    }
    let is_dynamic = response.selection().is_some_and(|expression| expression.constant().is_none());
    if is_dynamic && !response.facts.templates.is_empty() && !response.has_template("$default") {
        report.at("responseTemplates", "no template has the key \"$default\"".to_owned());
    }
}
