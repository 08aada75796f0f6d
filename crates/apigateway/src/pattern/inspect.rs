//! What the checker asks of a regular expression without running it over a message.

use super::class::Class;
use super::syntax::{Anchor, Fold, Node};
use super::{Pattern, StatusCodes};

/// Steps for one sample; a key that needs more on a few characters is not judged.
const SAMPLE_STEPS: usize = 20_000;

/// Characters that stand for all others when a class is asked what it holds.
const SAMPLES: &str = "azAZ_ -.:,;/(){}[]\"'\\\t\n\u{e9}\u{4e00}";

impl Pattern {
    /// The status codes from 100 to 599 that match; `None` where matching takes too long.
    #[must_use]
    pub fn matching_status_codes(&self) -> Option<StatusCodes> {
        let mut codes = StatusCodes::default();
        for code in StatusCodes::all() {
            if self.matches_within(&code.to_string(), SAMPLE_STEPS).ok()? {
                codes.insert(code);
            }
        }
        Some(codes)
    }

    /// Whether the expression matches the empty text and, as far as samples show, every one-line text.
    #[must_use]
    pub fn is_catch_all(&self) -> bool {
        let samples = ["", "a", "7", "200", "Error: (something) [odd]", "{\"a\": 1}", "\u{e9} _-"];
        samples.iter().all(|sample| self.matches_within(sample, SAMPLE_STEPS) == Ok(true))
    }

    /// Whether the expression is empty: it matches the empty text only.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root == Node::Empty
    }

    /// Whether it consumes digits and nothing else.
    #[must_use]
    pub fn takes_only_digits(&self) -> bool {
        let mut consumes = false;
        all(&self.root, &mut |node| match node {
            Node::Character { character, .. } => {
                consumes = true;
                character.is_ascii_digit()
            }
            Node::Class { class, fold } => {
                consumes = true;
                !SAMPLES.chars().any(|c| class.contains(c, *fold))
            }
            Node::Any { .. } => false,
            _ => true,
        }) && consumes
    }

    /// Whether a `.` stops at line ends while nothing else in the expression takes a line end.
    #[must_use]
    pub fn stops_at_line_ends(&self) -> bool {
        let mut has_dot = false;
        let takes_none = all(&self.root, &mut |node| match node {
            Node::Any { dot_all, .. } => {
                has_dot = true;
                !dot_all
            }
            Node::Character { character, .. } => *character != '\n',
            Node::Class { class, .. } => !class.contains('\n', Fold::None),
            _ => true,
        });
        has_dot && takes_none
    }

    /// Whether it begins or ends with something like `.*`, or has an anchor: its author thought of the whole text.
    #[must_use]
    pub fn is_open_or_anchored(&self) -> bool {
        let is_anchored = !all(&self.root, &mut |node| {
            !matches!(
                node,
                Node::Anchor(
                    Anchor::TextStart
                        | Anchor::TextEnd
                        | Anchor::LastLineEnd { .. }
                        | Anchor::LineStart { .. }
                        | Anchor::LineEnd { .. }
                )
            )
        });
        is_anchored || has_open_end(&self.root)
    }
}

fn has_open_end(node: &Node) -> bool {
    match node {
        Node::Sequence(nodes) => {
            let mut ends = nodes.iter().filter(|node| **node != Node::Empty);
            ends.next().is_some_and(has_open_end) || ends.next_back().is_some_and(has_open_end)
        }
        Node::Alternatives(nodes) => nodes.iter().all(has_open_end),
        Node::Group { node, .. } | Node::Atomic(node) => has_open_end(node),
        Node::Repeat { node, maximum: None, .. } => is_wide(node),
        _ => false,
    }
}

/// Whether a node takes nearly any character.
fn is_wide(node: &Node) -> bool {
    match node {
        Node::Any { .. } => true,
        Node::Class { class, fold } => is_wide_class(class, *fold),
        Node::Group { node, .. } | Node::Atomic(node) => is_wide(node),
        Node::Alternatives(nodes) => nodes.iter().any(is_wide),
        _ => false,
    }
}

fn is_wide_class(class: &Class, fold: Fold) -> bool {
    "aZ5 .:".chars().all(|c| class.contains(c, fold))
}

/// Whether a claim holds of every node; looks everywhere, also after it has failed.
fn all(node: &Node, holds: &mut dyn FnMut(&Node) -> bool) -> bool {
    let here = holds(node);
    let below = match node {
        Node::Sequence(nodes) | Node::Alternatives(nodes) => {
            nodes.iter().map(|node| all(node, holds)).filter(|holds| !holds).count() == 0
        }
        Node::Repeat { node, .. } | Node::Group { node, .. } | Node::Atomic(node) => {
            all(node, holds)
        }
        // What a look-around sees is not consumed.
        _ => true,
    };
    here && below
}
