//! RT-VARIABLE: a template uses a variable that is not documented for WebSocket APIs.

use super::variables::undocumented;
use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RT-VARIABLE",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a template uses a variable that is not documented for WebSocket APIs",
    why: "What is not documented for WebSocket APIs may print nothing.",
    hint: "",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for (view, template) in response.parsed_templates() {
        for name in undocumented(template.nodes()) {
            report.at(&view.path(), format!("the template \"{}\" uses \"{name}\"", view.key));
        }
    }
}
