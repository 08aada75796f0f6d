//! Arrays as PostgreSQL writes them: `{1,NULL,"a \"b\""}`.

use census_engine::ParameterValue;

/// How deep arrays may stand in each other.
const MOST_DIMENSIONS: usize = 6;

/// Reads an array; `None` for a text that is none.
pub(super) fn read(text: &str) -> Option<ParameterValue> {
    let mut reader = Reader { rest: text.trim() };
    // Bounds of the dimensions may stand before: `[2:3]={1,2}`. Arrays here begin at 1.
    if reader.rest.starts_with('[') {
        reader.rest = reader.rest.split_once('=')?.1.trim_start();
    }
    let array = reader.array(1)?;
    reader.rest.trim().is_empty().then_some(array)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn array(&mut self, depth: usize) -> Option<ParameterValue> {
        if depth > MOST_DIMENSIONS || !self.take('{') {
            return None;
        }
        let mut items = Vec::new();
        if self.take('}') {
            return Some(ParameterValue::List(items));
        }
        loop {
            items.push(match self.rest.trim_start().chars().next()? {
                '{' => self.array(depth + 1)?,
                '"' => ParameterValue::Text(self.quoted()?),
                _ => self.plain()?,
            });
            if self.take('}') {
                return Some(ParameterValue::List(items));
            }
            if !self.take(',') {
                return None;
            }
        }
    }

    /// Takes a character, after white space.
    fn take(&mut self, character: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn quoted(&mut self) -> Option<String> {
        let mut characters = self.rest.trim_start().strip_prefix('"')?.chars();
        let mut item = String::new();
        loop {
            match characters.next()? {
                '"' => break,
                '\\' => item.push(characters.next()?),
                other => item.push(other),
            }
        }
        self.rest = characters.as_str();
        Some(item)
    }

    fn plain(&mut self) -> Option<ParameterValue> {
        let mut characters = self.rest.trim_start().chars();
        let mut item = String::new();
        // White space after the last character that was escaped belongs to nothing.
        let mut kept = 0;
        loop {
            let rest = characters.as_str();
            match characters.next()? {
                ',' | '}' => {
                    self.rest = rest;
                    break;
                }
                '{' | '"' => return None,
                '\\' => {
                    item.push(characters.next()?);
                    kept = item.len();
                }
                other => item.push(other),
            }
        }
        let length = item.trim_end().len().max(kept);
        item.truncate(length);
        if item.is_empty() {
            return None;
        }
        if kept == 0 && item.eq_ignore_ascii_case("null") {
            return Some(ParameterValue::Null);
        }
        Some(ParameterValue::Text(item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> ParameterValue {
        ParameterValue::Text(text.to_owned())
    }

    #[test]
    fn arrays_are_read() {
        let list = |items| Some(ParameterValue::List(items));
        assert_eq!(read("{}"), list(vec![]));
        assert_eq!(
            read(" { 1 , NULL,\"NULL\" } "),
            list(vec![text("1"), ParameterValue::Null, text("NULL")])
        );
        assert_eq!(read(r#"{"a \"b\"", c\,d }"#), list(vec![text("a \"b\""), text("c,d")]));
        let inner = |item| ParameterValue::List(vec![text(item)]);
        assert_eq!(read("[1:2][1:1]={{a},{b}}"), list(vec![inner("a"), inner("b")]));
    }

    #[test]
    fn what_is_no_array_is_none() {
        for text in
            ["", "1", "{", "{1", "{1,}", "{,1}", "{1}}", "{\"a}", "{a\"b\"}", "{{{{{{{1}}}}}}}"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
