//! Reads references: `$name`, `$!{name.member}`, `$name.call('x')[0]`.

use super::parser::Parser;
use super::syntax::{Access, Expression, Parsing, Reference};

impl Parser<'_> {
    /// The reference at the cursor; without one the cursor stays.
    ///
    /// An identifier decides: `$5`, `$ ` and `${'x'}` are text.
    pub(super) fn reference(&mut self) -> Parsing<Option<Reference>> {
        let start = self.cursor.at;
        if !self.cursor.take("$") {
            return Ok(None);
        }
        self.cursor.take("!");
        let is_formal = self.cursor.take("{");
        let Some(name) = self.cursor.identifier() else {
            self.cursor.at = start;
            return Ok(None);
        };
        self.cursor.deeper()?;
        let accesses = self.accesses()?;
        let mut alternate = None;
        if is_formal {
            if self.cursor.take("|") {
                alternate = Some(Box::new(self.expression()?));
            }
            self.cursor.white_space();
            self.cursor.expect("}", "\"}\"")?;
        }
        self.cursor.depth -= 1;
        let source = self.cursor.text[start..self.cursor.at].to_owned();
        let at = self.cursor.place(start);
        Ok(Some(Reference { name: name.to_owned(), accesses, alternate, source, at }))
    }

    fn accesses(&mut self) -> Parsing<Vec<Access>> {
        let mut accesses = Vec::new();
        loop {
            if self.cursor.take("[") {
                let index = self.expression()?;
                self.cursor.white_space();
                self.cursor.expect("]", "\"]\"")?;
                accesses.push(Access::Index(index));
                continue;
            }
            let dot = self.cursor.at;
            if !self.cursor.take(".") {
                return Ok(accesses);
            }
            let Some(name) = self.cursor.identifier() else {
                self.cursor.at = dot;
                return Ok(accesses);
            };
            let name = name.to_owned();
            if self.cursor.take("(") {
                accesses.push(Access::Call(name, self.expressions(")", "\",\" or \")\"")?));
            } else {
                accesses.push(Access::Member(name));
            }
        }
    }

    /// Expressions with commas between them, up to and with the closing text.
    pub(super) fn expressions(
        &mut self,
        close: &'static str,
        expected: &'static str,
    ) -> Parsing<Vec<Expression>> {
        let mut list = Vec::new();
        self.cursor.white_space();
        if self.cursor.take(close) {
            return Ok(list);
        }
        loop {
            list.push(self.expression()?);
            self.cursor.white_space();
            if self.cursor.take(close) {
                return Ok(list);
            }
            self.cursor.expect(",", expected)?;
        }
    }
}
