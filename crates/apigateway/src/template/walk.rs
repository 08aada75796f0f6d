//! Visits everything in a template, for the checker.

use super::syntax::{Access, Expression, Node, Reference};

/// A thing in a template.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Item<'a> {
    Node(&'a Node),
    Expression(&'a Expression),
    Reference(&'a Reference),
}

/// Calls `see` for every node, expression and reference, in the order of the text.
pub(crate) fn walk<'a>(nodes: &'a [Node], see: &mut dyn FnMut(Item<'a>)) {
    for node in nodes {
        see(Item::Node(node));
        match node {
            Node::Print { reference, .. } => walk_reference(reference, see),
            Node::Set { target, value } => {
                walk_reference(target, see);
                walk_expression(value, see);
            }
            Node::If { branches, otherwise } => {
                for (condition, body) in branches {
                    walk_expression(condition, see);
                    walk(body, see);
                }
                walk(otherwise, see);
            }
            Node::Foreach { list, body, .. } => {
                walk_expression(list, see);
                walk(body, see);
            }
            Node::Define { body, .. } => walk(body, see),
            Node::Text(_) | Node::Foreign { .. } | Node::Stop | Node::Break => {}
        }
    }
}

fn walk_reference<'a>(reference: &'a Reference, see: &mut dyn FnMut(Item<'a>)) {
    see(Item::Reference(reference));
    for access in &reference.accesses {
        match access {
            Access::Member(_) => {}
            Access::Call(_, arguments) => {
                for argument in arguments {
                    walk_expression(argument, see);
                }
            }
            Access::Index(index) => walk_expression(index, see),
        }
    }
    if let Some(alternate) = &reference.alternate {
        walk_expression(alternate, see);
    }
}

fn walk_expression<'a>(expression: &'a Expression, see: &mut dyn FnMut(Item<'a>)) {
    see(Item::Expression(expression));
    match expression {
        Expression::Interpolated(nodes) => walk(nodes, see),
        Expression::List(items) => {
            for item in items {
                walk_expression(item, see);
            }
        }
        Expression::Map(entries) => {
            for (key, value) in entries {
                walk_expression(key, see);
                walk_expression(value, see);
            }
        }
        Expression::Range(left, right) | Expression::Binary(_, left, right) => {
            walk_expression(left, see);
            walk_expression(right, see);
        }
        Expression::Reference(reference) => walk_reference(reference, see),
        Expression::Not(inner) => walk_expression(inner, see),
        _ => {}
    }
}
