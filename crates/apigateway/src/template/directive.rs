//! Reads directives: `#set`, `#if`, `#foreach`, `#define`, `#macro`, `#stop`, `#break`.

use super::parser::{BlockEnd, Parser, balanced};
use super::syntax::{Node, Parsing};
use crate::TemplateFault;

/// The directives that API Gateway knows, `#macro` included, which it swallows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Set,
    If,
    ElseIf,
    Else,
    End,
    Foreach,
    Define,
    Macro,
    Stop,
    Break,
}

const WORDS: &[(&str, Word)] = &[
    ("set", Word::Set),
    ("if", Word::If),
    ("elseif", Word::ElseIf),
    ("else", Word::Else),
    ("end", Word::End),
    ("foreach", Word::Foreach),
    ("define", Word::Define),
    ("macro", Word::Macro),
    ("stop", Word::Stop),
    ("break", Word::Break),
];

impl Word {
    /// The directive at the start of a text that starts with `#`, and its length; `#elsefoo` is none.
    pub(super) fn at(text: &str) -> Option<(Self, usize)> {
        let after = text.strip_prefix('#')?;
        if let Some(inner) = after.strip_prefix('{') {
            let is_there =
                |name: &str| inner.strip_prefix(name).is_some_and(|rest| rest.starts_with('}'));
            let (name, word) = WORDS.iter().find(|(name, _)| is_there(name))?;
            return Some((*word, name.len() + 3));
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = after.find(|c| !is_part(c)).unwrap_or(after.len());
        let word = WORDS.iter().find(|(text, _)| *text == &after[..length])?.1;
        Some((word, length + 1))
    }

    pub(super) fn block_end(self) -> Option<BlockEnd> {
        match self {
            Self::End => Some(BlockEnd::End),
            Self::Else => Some(BlockEnd::Else),
            Self::ElseIf => Some(BlockEnd::ElseIf),
            _ => None,
        }
    }
}

impl Parser<'_> {
    /// What follows the word of a directive; `start` is where its `#` stands.
    pub(super) fn directive(&mut self, word: Word, start: usize) -> Parsing<Node> {
        match word {
            Word::Set => self.set(),
            Word::If => self.if_else(start),
            Word::Foreach => self.foreach(start),
            Word::Define => self.define(start),
            Word::Macro => self.swallowed_macro(start),
            Word::Break => {
                self.cursor.line_end();
                Ok(Node::Break)
            }
            Word::Stop | Word::End | Word::Else | Word::ElseIf => Ok(Node::Stop),
        }
    }

    fn open(&mut self) -> Parsing<()> {
        self.cursor.white_space();
        self.cursor.expect("(", "\"(\"")?;
        self.cursor.white_space();
        Ok(())
    }

    fn close(&mut self) -> Parsing<()> {
        self.cursor.white_space();
        self.cursor.expect(")", "\")\"")?;
        self.cursor.line_end();
        Ok(())
    }

    /// The body of a block that only `#end` may end.
    fn body(&mut self, directive: &'static str, start: usize) -> Parsing<Vec<Node>> {
        let (nodes, end) = self.block()?;
        match end {
            BlockEnd::End => Ok(nodes),
            BlockEnd::Text => self.no_end(directive, start),
            BlockEnd::Else => self.cursor.fault(TemplateFault::Stray { directive: "else" }),
            BlockEnd::ElseIf => self.cursor.fault(TemplateFault::Stray { directive: "elseif" }),
        }
    }

    fn no_end<T>(&mut self, directive: &'static str, start: usize) -> Parsing<T> {
        self.cursor.at = start;
        self.cursor.fault(TemplateFault::NoEnd { directive })
    }

    fn set(&mut self) -> Parsing<Node> {
        self.open()?;
        let Some(target) = self.reference()? else { return self.cursor.unexpected("a reference") };
        self.cursor.white_space();
        self.cursor.expect("=", "\"=\"")?;
        let value = self.expression()?;
        self.close()?;
        Ok(Node::Set { target, value })
    }

    fn if_else(&mut self, start: usize) -> Parsing<Node> {
        let mut branches = Vec::new();
        loop {
            self.open()?;
            let condition = self.expression()?;
            self.close()?;
            let (body, end) = self.block()?;
            branches.push((condition, body));
            let otherwise = match end {
                BlockEnd::ElseIf => continue,
                BlockEnd::End => Vec::new(),
                BlockEnd::Else => self.body("if", start)?,
                BlockEnd::Text => return self.no_end("if", start),
            };
            return Ok(Node::If { branches, otherwise });
        }
    }

    fn foreach(&mut self, start: usize) -> Parsing<Node> {
        self.open()?;
        let variable = self.plain_variable()?;
        self.cursor.white_space();
        if self.cursor.identifier() != Some("in") {
            return self.cursor.unexpected("\"in\"");
        }
        let list = self.expression()?;
        self.close()?;
        let body = self.body("foreach", start)?;
        Ok(Node::Foreach { variable, list, body })
    }

    fn define(&mut self, start: usize) -> Parsing<Node> {
        self.open()?;
        let name = self.plain_variable()?;
        self.close()?;
        let body = self.body("define", start)?;
        Ok(Node::Define { name, body: body.into() })
    }

    fn plain_variable(&mut self) -> Parsing<String> {
        match self.reference()? {
            Some(reference) if reference.accesses.is_empty() => Ok(reference.name),
            _ => self.cursor.unexpected("a variable"),
        }
    }

    fn swallowed_macro(&mut self, start: usize) -> Parsing<Node> {
        self.cursor.white_space();
        let Some(length) = balanced(self.cursor.rest()) else {
            return self.cursor.unexpected("\"(\"");
        };
        self.cursor.at += length;
        self.cursor.line_end();
        self.body("macro", start)?;
        Ok(Node::Foreign { name: "macro".to_owned(), printed: String::new() })
    }
}
