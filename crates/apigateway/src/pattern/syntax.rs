//! The syntax tree of a regular expression.

use super::class::Class;

/// A part of a regular expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Empty,
    Character {
        character: char,
        fold: Fold,
    },
    /// `.`; without `dot_all` it stops at line ends.
    Any {
        dot_all: bool,
        unix_lines: bool,
    },
    Class {
        class: Class,
        fold: Fold,
    },
    Sequence(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat {
        node: Box<Node>,
        minimum: u32,
        maximum: Option<u32>,
        greed: Greed,
    },
    /// A group; `capture` is its number.
    Group {
        node: Box<Node>,
        capture: Option<usize>,
    },
    /// `(?>...)`, and what a possessive quantifier becomes.
    Atomic(Box<Node>),
    Look {
        node: Box<Node>,
        is_ahead: bool,
        is_negative: bool,
    },
    BackReference {
        group: usize,
        fold: Fold,
    },
    Anchor(Anchor),
}

/// How letters of different case compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    None,
    /// `(?i)`: ASCII letters only, as in Java.
    Ascii,
    /// `(?iu)`.
    Unicode,
}

/// What a quantifier prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greed {
    Most,
    Least,
    /// Takes the most and gives nothing back.
    Possessive,
}

/// Conditions on a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// `^` without `(?m)`, `\A`.
    TextStart,
    /// `^` with `(?m)`.
    LineStart {
        unix_lines: bool,
    },
    /// `\z`.
    TextEnd,
    /// `$` without `(?m)`, `\Z`: before a line end that ends the text too.
    LastLineEnd {
        unix_lines: bool,
    },
    /// `$` with `(?m)`.
    LineEnd {
        unix_lines: bool,
    },
    WordBoundary,
    NoWordBoundary,
}

/// An expression with the number of its groups.
#[derive(Debug)]
pub(super) struct Parsed {
    pub root: Node,
    /// Groups without the whole match.
    pub groups: usize,
}
