//! Reads what follows a backslash outside of brackets.

use super::class::{Class, Name};
use super::parser::Parser;
use super::syntax::{Anchor, Fold, Node};
use crate::PatternError;

type Result<T> = std::result::Result<T, PatternError>;

impl Parser {
    pub(super) fn escape(&mut self) -> Result<Node> {
        let unix_lines = self.flags.has('d');
        let anchor = match self.peek() {
            None => return self.invalid("unexpected end after a backslash"),
            Some('A') => Anchor::TextStart,
            Some('z') => Anchor::TextEnd,
            Some('Z') => Anchor::LastLineEnd { unix_lines },
            Some('b') => Anchor::WordBoundary,
            Some('B') => Anchor::NoWordBoundary,
            Some('G' | 'X' | 'N') => return self.ours("this escape"),
            Some('E') => {
                self.at += 1;
                return Ok(Node::Empty);
            }
            Some('R') => {
                self.at += 1;
                return Ok(line_break());
            }
            Some('k') => return self.named_back_reference(),
            Some(digit) if digit.is_ascii_digit() && digit != '0' => return self.back_reference(),
            Some(_) => {
                let class = self.escaped_class()?;
                let fold = self.flags.fold();
                return Ok(match class {
                    Class::Range(first, last) if first == last => {
                        Node::Character { character: first, fold }
                    }
                    class => Node::Class { class, fold },
                });
            }
        };
        self.at += 1;
        Ok(Node::Anchor(anchor))
    }

    fn named_back_reference(&mut self) -> Result<Node> {
        self.at += 1;
        if !self.take("<") {
            return self.invalid("\"\\k\" is not followed by \"<\"");
        }
        let wanted = self.name('>')?;
        let fold = self.flags.fold();
        match self.names.iter().find(|(name, _)| *name == wanted) {
            Some((_, group)) => Ok(Node::BackReference { group: *group, fold }),
            None => self.invalid("named group does not exist"),
        }
    }

    /// `\1`; more digits belong to it as long as there are so many groups.
    fn back_reference(&mut self) -> Result<Node> {
        let mut group = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            let longer = group * 10 + digit as usize;
            if group > 0 && longer > self.groups {
                break;
            }
            group = longer;
            self.at += 1;
        }
        if group > self.groups {
            return self.ours("a reference to a group that does not exist yet");
        }
        Ok(Node::BackReference { group, fold: self.flags.fold() })
    }
}

/// `\R`: `\r\n` or one vertical space.
fn line_break() -> Node {
    let character = |character| Node::Character { character, fold: Fold::None };
    let pair = Node::Sequence(vec![character('\r'), character('\n')]);
    let one = Node::Class { class: Class::Named(Name::VerticalSpace), fold: Fold::None };
    Node::Group { node: Box::new(Node::Alternatives(vec![pair, one])), capture: None }
}
