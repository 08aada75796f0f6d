//! RT-UNREACHABLE: a template is never selected.

use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity, template_path};

pub(super) const RULE: Rule = Rule {
    id: "RT-UNREACHABLE",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a template is never selected",
    why: "The expression always yields the same key, and the template has another one.",
    hint: "Name it in the template selection expression, or delete it.",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let Some(constant) = response.selection().and_then(|expression| expression.constant()) else {
        return;
    };
    for (key, _) in &response.facts.templates {
        if key != constant && key != "$default" {
            let message = format!(
                "the template \"{key}\" is never selected: the expression is \"{constant}\""
            );
            report.at(&template_path(key), message);
        }
    }
}
