//! RT-VARIABLE: a template uses a variable that is not documented for WebSocket APIs.

use super::variables::undocumented;
use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, Severity, TemplateView};

pub(super) const RULE: Rule = Rule {
    id: "RT-VARIABLE",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a template uses a variable that is not documented for WebSocket APIs",
    why: "What is not documented for WebSocket APIs may print nothing.",
    hint: "",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Template(find),
};

fn find(view: &TemplateView<'_>, report: &mut Report<'_>) {
    let Ok(template) = &view.parsed else { return };
    for name in undocumented(template.nodes()) {
        report.at(&view.path(), format!("the template \"{}\" uses \"{name}\"", view.key));
    }
}
