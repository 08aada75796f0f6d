//! RT-UNSUPPORTED: a template uses what API Gateway does not have.

use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, Severity, TemplateView};
use crate::template::{Expression, Item, Node, walk};

pub(super) const RULE: Rule = Rule {
    id: "RT-UNSUPPORTED",
    severity: Severity::Warning,
    certainty: Certainty::Recorded,
    summary: "a template uses what API Gateway does not have",
    why: "What API Gateway does not know is printed as it stands, or fails the message.",
    hint: "Write it out, or use #define.",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Template(find),
};

fn find(view: &TemplateView<'_>, report: &mut Report<'_>) {
    let Ok(template) = &view.parsed else { return };
    let mut found: Vec<String> = Vec::new();
    walk(template.nodes(), &mut |item| {
        let what = match item {
            Item::Node(Node::Foreign { name, .. }) if FOREIGN.contains(&name.as_str()) => {
                format!("#{name}")
            }
            Item::Expression(Expression::Range(first, last)) if !are_literal(first, last) => {
                "a range over references".to_owned()
            }
            Item::Reference(reference) if reference.alternate.is_some() => {
                "an alternate value".to_owned()
            }
            _ => return,
        };
        if !found.contains(&what) {
            found.push(what);
        }
    });
    for what in found {
        report.at(&view.path(), format!("the template \"{}\" uses {what}", view.key));
    }
}

/// `#macro`, `#evaluate` and `#return` were recorded; `#parse` and `#include` are assumed.
const FOREIGN: &[&str] = &["macro", "evaluate", "return", "parse", "include"];

fn are_literal(first: &Expression, last: &Expression) -> bool {
    matches!((first, last), (Expression::Integer(_), Expression::Integer(_)))
}
