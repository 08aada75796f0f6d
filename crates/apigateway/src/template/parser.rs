//! Reads the text of a template: what stands between references and directives is itself.

use super::cursor::Cursor;
use super::directive::Word;
use super::syntax::{FaultAt, Node, Parsing};
use crate::TemplateFault;

/// Reads a template, or a string in double quotes.
pub(super) struct Parser<'a> {
    pub cursor: Cursor<'a>,
    /// A string may end in a lone dollar sign, a template may not (field report: internal error).
    pub is_string: bool,
}

/// What ended a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockEnd {
    Text,
    End,
    Else,
    ElseIf,
}

/// What follows a run of backslashes.
enum Escaped<'a> {
    Reference,
    /// A directive's word with its `#`.
    Directive(&'a str),
    Nothing,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { cursor: Cursor { text, at: 0, origin: 0, depth: 0 }, is_string: false }
    }

    pub(super) fn template(&mut self) -> Parsing<Vec<Node>> {
        let start = self.cursor.at;
        let (nodes, end) = self.block()?;
        let directive = match end {
            BlockEnd::Text => return Ok(nodes),
            BlockEnd::End => "end",
            BlockEnd::Else => "else",
            BlockEnd::ElseIf => "elseif",
        };
        let at = self.cursor.text[start..self.cursor.at].rfind('#').unwrap_or(0);
        Err(FaultAt { fault: TemplateFault::Stray { directive }, at: self.cursor.place(at) })
    }

    /// Nodes up to `#end`, `#else`, `#elseif` or the end of the text.
    pub(super) fn block(&mut self) -> Parsing<(Vec<Node>, BlockEnd)> {
        self.cursor.deeper()?;
        let mut nodes = Nodes::default();
        loop {
            let rest = self.cursor.rest();
            let plain = rest.find(['$', '#', '\\']).unwrap_or(rest.len());
            nodes.text(&rest[..plain]);
            self.cursor.at += plain;
            match self.cursor.peek() {
                None => break,
                Some('\\') => {
                    if let Some(end) = self.backslashes(&mut nodes)? {
                        self.cursor.depth -= 1;
                        return Ok((nodes.list, end));
                    }
                }
                Some('$') => self.dollar(&mut nodes, 0)?,
                Some(_) => {
                    if let Some(end) = self.hash(&mut nodes)? {
                        self.cursor.depth -= 1;
                        return Ok((nodes.list, end));
                    }
                }
            }
        }
        self.cursor.depth -= 1;
        Ok((nodes.list, BlockEnd::Text))
    }

    fn dollar(&mut self, nodes: &mut Nodes, escapes: usize) -> Parsing<()> {
        if let Some(reference) = self.reference()? {
            nodes.list.push(Node::Print { reference, escapes });
            return Ok(());
        }
        nodes.text(&"\\".repeat(escapes));
        if self.cursor.rest() == "$" && !self.is_string {
            return self.cursor.fault(TemplateFault::LoneDollar);
        }
        nodes.text("$");
        self.cursor.at += 1;
        Ok(())
    }

    /// A run of backslashes: before a reference or directive two print one, and an odd one escapes.
    fn backslashes(&mut self, nodes: &mut Nodes) -> Parsing<Option<BlockEnd>> {
        let rest = self.cursor.rest();
        let count = rest.len() - rest.trim_start_matches('\\').len();
        self.cursor.at += count;
        match self.escaped() {
            Escaped::Reference => self.dollar(nodes, count)?,
            Escaped::Nothing => nodes.text(&rest[..count]),
            Escaped::Directive(head) => {
                nodes.text(&"\\".repeat(count / 2));
                if count.is_multiple_of(2) {
                    return self.hash(nodes);
                }
                nodes.text(head);
                self.cursor.at += head.len();
            }
        }
        Ok(None)
    }

    fn escaped(&self) -> Escaped<'a> {
        let rest = self.cursor.rest();
        if rest.starts_with('$') {
            return Escaped::Reference;
        }
        match Word::at(rest) {
            Some((_, length)) => Escaped::Directive(&rest[..length]),
            None => Escaped::Nothing,
        }
    }

    /// A `#`: comment, directive, or itself.
    fn hash(&mut self, nodes: &mut Nodes) -> Parsing<Option<BlockEnd>> {
        let rest = self.cursor.rest();
        if rest.starts_with("##") {
            let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
            self.cursor.at += length;
            return Ok(None);
        }
        if rest.starts_with("#*") {
            self.enclosed("#*", "*#")?;
            return Ok(None);
        }
        if rest.starts_with("#[[") {
            let text = self.enclosed("#[[", "]]#")?;
            nodes.text(text);
            return Ok(None);
        }
        let Some((word, length)) = Word::at(rest) else {
            self.no_directive(nodes);
            return Ok(None);
        };
        let start = self.cursor.at;
        self.cursor.at += length;
        if let Some(end) = word.block_end() {
            if end != BlockEnd::ElseIf {
                self.cursor.line_end();
            }
            return Ok(Some(end));
        }
        nodes.list.push(self.directive(word, start)?);
        Ok(None)
    }

    fn enclosed(&mut self, open: &'static str, close: &str) -> Parsing<&'a str> {
        let inside = &self.cursor.rest()[open.len()..];
        let Some(length) = inside.find(close) else {
            return self.cursor.fault(TemplateFault::Unterminated { open });
        };
        self.cursor.at += open.len() + length + close.len();
        Ok(&inside[..length])
    }

    /// `#name` that is no directive of API Gateway: it prints as it stands, arguments included (recorded for
    /// `#blah()`, `#evaluate($x)` and `#return($x)`).
    fn no_directive(&mut self, nodes: &mut Nodes) {
        let start = self.cursor.at;
        self.cursor.at += 1;
        let Some(name) = self.cursor.identifier() else {
            nodes.text("#");
            return;
        };
        if let Some(length) = balanced(self.cursor.rest()) {
            self.cursor.at += length;
        }
        let printed = self.cursor.text[start..self.cursor.at].to_owned();
        nodes.list.push(Node::Foreign { name: name.to_owned(), printed });
    }
}

/// Arguments longer than this are not looked for.
const MAXIMUM_ARGUMENTS: usize = 1024;

/// Length of a balanced pair of parentheses at the start.
pub(super) fn balanced(text: &str) -> Option<usize> {
    if !text.starts_with('(') {
        return None;
    }
    let mut depth = 0_usize;
    let mut quote = None;
    for (place, found) in text.char_indices().take(MAXIMUM_ARGUMENTS) {
        match (quote, found) {
            (Some(open), _) if found == open => quote = None,
            (None, '\'' | '"') => quote = Some(found),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Nodes in the making; adjoining texts become one.
#[derive(Default)]
struct Nodes {
    list: Vec<Node>,
}

impl Nodes {
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.list.last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ => self.list.push(Node::Text(text.to_owned())),
        }
    }
}
