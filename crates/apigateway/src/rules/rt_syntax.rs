//! RT-SYNTAX: a template does not parse.

use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RT-SYNTAX",
    severity: Severity::Error,
    certainty: Certainty::Assumed,
    summary: "a template does not parse",
    why: "A template that does not parse fails every message that it is chosen for.",
    hint: "",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for template in &response.templates {
        let Err(error) = &template.parsed else { continue };
        // Its size has a rule of its own, and our limit on nesting is none of AWS'.
        if !error.fault.is_limit() {
            let message = format!("the template \"{}\" does not parse: {error}", template.key);
            report.at(&template.path(), message);
        }
    }
}
