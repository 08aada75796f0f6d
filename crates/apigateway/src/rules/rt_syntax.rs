//! RT-SYNTAX: a template does not parse.

use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, Severity, TemplateView};

pub(super) const RULE: Rule = Rule {
    id: "RT-SYNTAX",
    severity: Severity::Error,
    certainty: Certainty::Assumed,
    summary: "a template does not parse",
    why: "A template that does not parse fails every message that it is chosen for.",
    hint: "",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Template(find),
};

fn find(view: &TemplateView<'_>, report: &mut Report<'_>) {
    let Err(error) = &view.parsed else { return };
    // Its size has a rule of its own, and our limit on nesting is none of AWS'.
    if !error.fault.is_limit() {
        report.at(&view.path(), format!("the template \"{}\" does not parse: {error}", view.key));
    }
}
