//! RT-MAP-PRINT: a template prints an object of unknown type, which may print as a Java map.

use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, Severity, TemplateView};
use crate::template::{Access, Expression, Item, Node, Reference, walk};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "RT-MAP-PRINT",
    severity: Severity::Warning,
    certainty: Certainty::Recorded,
    summary: "a template prints an object of unknown type, which may print as a Java map",
    why: "An object from $input.path() prints as {name=value}, which is not JSON.",
    hint: "Use $input.json() for JSON.",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Template(find),
};

fn find(view: &TemplateView<'_>, report: &mut Report<'_>) {
    let Ok(template) = &view.parsed else { return };
    let mut paths = BTreeSet::new();
    let mut printed = BTreeSet::new();
    walk(template.nodes(), &mut |item| match item {
        Item::Node(Node::Set { target, value: Expression::Reference(value) })
            if target.accesses.is_empty() && is_path(value) =>
        {
            paths.insert(target.name.as_str());
        }
        Item::Node(Node::Print { reference, .. }) => {
            let is_bare = reference.accesses.is_empty() && paths.contains(reference.name.as_str());
            if is_path(reference) || is_bare {
                printed.insert(reference.source.as_str());
            }
        }
        _ => {}
    });
    for source in printed {
        let message = format!("the template \"{}\" prints \"{source}\" as it is", view.key);
        report.at(&view.path(), message);
    }
}

/// Whether a reference is `$input.path(...)` and nothing behind it.
fn is_path(reference: &Reference) -> bool {
    let is_call =
        matches!(reference.accesses.as_slice(), [Access::Call(name, _)] if name == "path");
    reference.name == "input" && is_call
}
