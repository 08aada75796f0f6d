//! RT-UNREACHABLE: a template is never selected.

use super::{Find, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RT-UNREACHABLE",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a template is never selected",
    hint: "Name it in the template selection expression, or delete it.",
    link: TEMPLATES,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let Some(constant) = response.selection().and_then(|expression| expression.constant()) else {
        return;
    };
    for template in &response.templates {
        if template.key != constant && template.key != "$default" {
            let key = template.key;
            let message = format!(
                "the template \"{key}\" is never selected: the expression is \"{constant}\""
            );
            report.at(&template.path(), message);
        }
    }
}
