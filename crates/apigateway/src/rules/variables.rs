//! The variables that templates of WebSocket APIs are documented to have.
//!
//! Source: API Gateway Developer Guide, "WebSocket API mapping template reference".

use crate::template::{Access, Expression, Item, Node, Reference, walk};
use std::collections::BTreeSet;

const CONTEXT: &[&str] = &[
    "apiId",
    "authorizer",
    "connectedAt",
    "connectionId",
    "domainName",
    "error",
    "eventType",
    "extendedRequestId",
    "identity",
    "messageId",
    "requestId",
    "requestTime",
    "requestTimeEpoch",
    "routeKey",
    "stage",
    "status",
];

const INPUT: &[&str] = &["body", "json", "path"];

const UTIL: &[&str] =
    &["base64Decode", "base64Encode", "escapeJavaScript", "parseJson", "urlDecode", "urlEncode"];

/// Variables of Velocity itself.
const VELOCITY: &[&str] = &["foreach", "null", "velocityCount", "velocityHasNext"];

/// The variables that are neither documented nor set in the template, sorted.
pub(super) fn undocumented(nodes: &[Node]) -> Vec<String> {
    let mut own: BTreeSet<&str> = VELOCITY.iter().copied().collect();
    let mut used: Vec<&Reference> = Vec::new();
    walk(nodes, &mut |item| match item {
        Item::Node(Node::Set { target, .. }) if target.accesses.is_empty() => {
            own.insert(&target.name);
        }
        Item::Node(Node::Foreach { variable: name, .. } | Node::Define { name, .. }) => {
            own.insert(name);
        }
        Item::Reference(reference) => used.push(reference),
        _ => {}
    });
    let faults: BTreeSet<String> = used
        .into_iter()
        .filter(|reference| !own.contains(reference.name.as_str()))
        .filter_map(fault)
        .collect();
    faults.into_iter().collect()
}

fn fault(reference: &Reference) -> Option<String> {
    let name = reference.name.as_str();
    let members = match name {
        "context" => CONTEXT,
        "input" => INPUT,
        "util" => UTIL,
        "stageVariables" => return None,
        _ => return Some(format!("${name}")),
    };
    let member = match reference.accesses.first()? {
        Access::Member(member) | Access::Call(member, _) => member.as_str(),
        Access::Index(Expression::Text(member)) => member,
        Access::Index(_) => return None,
    };
    (!members.contains(&member)).then(|| format!("${name}.{member}"))
}
