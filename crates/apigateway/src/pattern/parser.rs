//! Reads a regular expression into its syntax tree.

use super::syntax::{Anchor, Fold, Greed, Node, Parsed};
use crate::{PatternError, PatternFault};

const MAXIMUM_DEPTH: usize = 60;
const MAXIMUM_REPEAT: u32 = 1_000_000;

type Result<T> = std::result::Result<T, PatternError>;

/// Flags of `(?idmsux)`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    pub bits: u8,
}

/// Their letters; the place is the bit.
const FLAGS: &str = "idmsux";

impl Flags {
    pub(super) fn has(self, flag: char) -> bool {
        FLAGS.find(flag).is_some_and(|bit| self.bits & (1 << bit) != 0)
    }

    fn set(&mut self, flag: char, on: bool) -> bool {
        let Some(bit) = FLAGS.find(flag) else { return false };
        if on {
            self.bits |= 1 << bit;
        } else {
            self.bits &= !(1 << bit);
        }
        true
    }

    pub(super) fn fold(self) -> Fold {
        match (self.has('i'), self.has('u')) {
            (false, _) => Fold::None,
            (true, false) => Fold::Ascii,
            (true, true) => Fold::Unicode,
        }
    }
}

pub(super) struct Parser {
    pub(super) text: Vec<char>,
    pub(super) at: usize,
    pub(super) flags: Flags,
    pub(super) depth: usize,
    pub(super) groups: usize,
    pub(super) names: Vec<(String, usize)>,
}

/// Reads the whole text.
pub(super) fn parse(text: &str) -> Result<Parsed> {
    let text = text.chars().collect();
    let mut parser =
        Parser { text, at: 0, flags: Flags::default(), depth: 0, groups: 0, names: Vec::new() };
    let root = parser.alternatives()?;
    if parser.at < parser.text.len() {
        return parser.invalid("unmatched closing \")\"");
    }
    Ok(Parsed { root, groups: parser.groups })
}

impl Parser {
    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let found = self.peek();
        self.at += usize::from(found.is_some());
        found
    }

    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let is_there =
            wanted.chars().enumerate().all(|(i, c)| self.text.get(self.at + i) == Some(&c));
        if is_there {
            self.at += wanted.chars().count();
        }
        is_there
    }

    pub(super) fn invalid<T>(&self, what: &str) -> Result<T> {
        Err(PatternFault::Invalid { what: what.to_owned() }.at(self.at))
    }

    pub(super) fn ours<T>(&self, what: &str) -> Result<T> {
        Err(PatternFault::CannotSimulate { what: what.to_owned() }.at(self.at))
    }

    pub(super) fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH { self.ours("so deep a nesting") } else { Ok(()) }
    }

    fn alternatives(&mut self) -> Result<Node> {
        self.deeper()?;
        let mut alternatives = vec![self.sequence()?];
        while self.take("|") {
            alternatives.push(self.sequence()?);
        }
        self.depth -= 1;
        if alternatives.len() > 1 {
            return Ok(Node::Alternatives(alternatives));
        }
        Ok(alternatives.remove(0))
    }

    fn sequence(&mut self) -> Result<Node> {
        let mut nodes = Vec::new();
        loop {
            if self.flags.has('x') {
                self.skip_comments();
            }
            match self.peek() {
                None | Some('|' | ')') => break,
                Some('*' | '+' | '?') => return self.invalid("dangling quantifier"),
                _ => {}
            }
            if self.take("\\Q") {
                self.quotation(&mut nodes);
            } else {
                nodes.push(self.atom()?);
            }
            if let Some(last) = nodes.pop() {
                nodes.push(self.quantified(last)?);
            }
        }
        Ok(match nodes.len() {
            0 => Node::Empty,
            1 => nodes.remove(0),
            _ => Node::Sequence(nodes),
        })
    }

    fn skip_comments(&mut self) {
        while let Some(found) = self.peek() {
            if found == '#' {
                while self.next().is_some_and(|c| c != '\n') {}
            } else if found.is_ascii_whitespace() {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// `\Q...\E`: every character is itself; a missing `\E` quotes to the end.
    fn quotation(&mut self, nodes: &mut Vec<Node>) {
        let fold = self.flags.fold();
        while !self.take("\\E") {
            let Some(character) = self.next() else { return };
            nodes.push(Node::Character { character, fold });
        }
    }

    fn quantified(&mut self, mut node: Node) -> Result<Node> {
        if self.flags.has('x') {
            self.skip_comments();
        }
        let (minimum, maximum) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => self.bounds()?,
            _ => return Ok(node),
        };
        // The quantifier itself, or the brace that closes it.
        self.at += 1;
        let greed = match self.peek() {
            Some('?') => Greed::Least,
            Some('+') => Greed::Possessive,
            _ => Greed::Most,
        };
        self.at += usize::from(greed != Greed::Most);
        let is_possessive = greed == Greed::Possessive;
        node = Node::Repeat { node: Box::new(node), minimum, maximum, greed };
        Ok(if is_possessive { Node::Atomic(Box::new(node)) } else { node })
    }

    /// `{2}`, `{2,}`, `{2,5}`; stops before the closing brace.
    fn bounds(&mut self) -> Result<(u32, Option<u32>)> {
        self.at += 1;
        let Some(minimum) = self.number()? else { return self.invalid("illegal repetition") };
        let mut maximum = Some(minimum);
        if self.take(",") {
            maximum = self.number()?;
        }
        if self.peek() != Some('}') {
            return self.invalid("unclosed counted closure");
        }
        if maximum.is_some_and(|maximum| maximum < minimum) {
            return self.invalid("illegal repetition range");
        }
        Ok((minimum, maximum))
    }

    fn number(&mut self) -> Result<Option<u32>> {
        let mut value = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            value = Some(value.unwrap_or(0) * 10 + digit);
            if value > Some(MAXIMUM_REPEAT) {
                return self.ours("so large a repetition");
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn atom(&mut self) -> Result<Node> {
        let fold = self.flags.fold();
        let unix_lines = self.flags.has('d');
        match self.next() {
            Some('.') => Ok(Node::Any { dot_all: self.flags.has('s'), unix_lines }),
            Some('(') => self.group(),
            Some('[') => Ok(Node::Class { class: self.class()?, fold }),
            Some('\\') => self.escape(),
            Some('{') => self.invalid("illegal repetition"),
            Some('^') if self.flags.has('m') => Ok(Node::Anchor(Anchor::LineStart { unix_lines })),
            Some('^') => Ok(Node::Anchor(Anchor::TextStart)),
            Some('$') if self.flags.has('m') => Ok(Node::Anchor(Anchor::LineEnd { unix_lines })),
            Some('$') => Ok(Node::Anchor(Anchor::LastLineEnd { unix_lines })),
            Some(character) => Ok(Node::Character { character, fold }),
            None => self.invalid("unexpected end"),
        }
    }

    fn group(&mut self) -> Result<Node> {
        let before = self.flags;
        let mut capture = None;
        let mut wrap: fn(Box<Node>) -> Node = |node| Node::Group { node, capture: None };
        if self.take("?:") {
        } else if self.take("?>") {
            wrap = Node::Atomic;
        } else if self.take("?=") {
            wrap = |node| Node::Look { node, is_ahead: true, is_negative: false };
        } else if self.take("?!") {
            wrap = |node| Node::Look { node, is_ahead: true, is_negative: true };
        } else if self.take("?<=") {
            wrap = |node| Node::Look { node, is_ahead: false, is_negative: false };
        } else if self.take("?<!") {
            wrap = |node| Node::Look { node, is_ahead: false, is_negative: true };
        } else if self.take("?<") {
            let name = self.name('>')?;
            self.groups += 1;
            self.names.push((name, self.groups));
            capture = Some(self.groups);
        } else if self.take("?") {
            if self.inline_flags()? {
                return Ok(Node::Empty);
            }
        } else {
            self.groups += 1;
            capture = Some(self.groups);
        }
        let node = Box::new(self.alternatives()?);
        if !self.take(")") {
            return self.invalid("unclosed group");
        }
        self.flags = before;
        Ok(if capture.is_some() { Node::Group { node, capture } } else { wrap(node) })
    }

    /// Flags after `(?`; true where they hold to the end of the group around, `(?i)`, not in one of their own.
    fn inline_flags(&mut self) -> Result<bool> {
        let mut on = true;
        loop {
            match self.next() {
                Some('-') => on = false,
                Some(')') => return Ok(true),
                Some(':') => return Ok(false),
                Some('U') => return self.ours("the flag \"U\""),
                Some(flag) if self.flags.set(flag, on) => {}
                _ => return self.invalid("unknown inline modifier"),
            }
        }
    }

    pub(super) fn name(&mut self, close: char) -> Result<String> {
        let mut name = String::new();
        loop {
            match self.next() {
                Some(found) if found == close && !name.is_empty() => return Ok(name),
                Some(found) if found.is_ascii_alphanumeric() => name.push(found),
                _ => return self.invalid("illegal group name"),
            }
        }
    }
}
