//! RT-OVERRIDE-TWICE: a template sets one override twice.

use super::{Find, Needs, OVERRIDES, Rule};
use crate::Certainty;
use crate::check::{Report, Severity, TemplateView};
use crate::template::{Access, Expression, Node, Reference};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "RT-OVERRIDE-TWICE",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a template sets one override twice",
    why: "AWS answers a message that overrides one parameter twice with an internal server error.",
    hint: "Set each override once.",
    link: OVERRIDES,
    needs: Needs::Response,
    find: Find::Template(find),
};

fn find(view: &TemplateView<'_>, report: &mut Report<'_>) {
    let Ok(template) = &view.parsed else { return };
    for (target, count) in targets(template.nodes()) {
        if count > 1 {
            report
                .at(&view.path(), format!("the template \"{}\" sets \"{target}\" twice", view.key));
        }
    }
}

/// How often each override is set on the worst way through the nodes.
fn targets(nodes: &[Node]) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for node in nodes {
        let found = match node {
            Node::Set { target, .. } => {
                target_of(target).into_iter().map(|name| (name, 1)).collect()
            }
            Node::If { branches, otherwise } => {
                let mut worst = targets(otherwise);
                for (_, body) in branches {
                    for (target, count) in targets(body) {
                        let most = worst.entry(target).or_default();
                        *most = count.max(*most);
                    }
                }
                worst
            }
            Node::Foreach { body, .. } => targets(body),
            _ => BTreeMap::new(),
        };
        for (target, count) in found {
            *all.entry(target).or_default() += count;
        }
    }
    all
}

/// The override that a `#set` sets, such as `responseOverride.status`.
fn target_of(reference: &Reference) -> Option<String> {
    if reference.name != "context" {
        return None;
    }
    let names: Option<Vec<&str>> = reference.accesses.iter().map(name_of).collect();
    let names = names?;
    let is_override = matches!(names.first(), Some(&"responseOverride" | &"requestOverride"));
    (is_override && names.len() > 1).then(|| names.join("."))
}

fn name_of(access: &Access) -> Option<&str> {
    match access {
        Access::Member(name) => Some(name),
        Access::Index(Expression::Text(name)) => Some(name),
        _ => None,
    }
}
