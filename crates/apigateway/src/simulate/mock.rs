//! The status that the request template of a MOCK integration asks for.
//!
//! Source: API Gateway Developer Guide, "Set up mock integrations"; that names without quotes and a trailing comma
//! are accepted was recorded, apostrophes as quotes are an emulator's reading.

/// Why a rendered request template has no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MockFault {
    /// It is not an object, not even a lenient one.
    #[error("the request template does not render an object")]
    NotAnObject,
    /// It has no integer `statusCode`.
    #[error("the request template renders no integer \"statusCode\"")]
    NoStatus,
}

/// The integer `statusCode` of a rendered request template.
///
/// # Errors
/// It is no object, or has no integer `statusCode`.
pub fn mock_status(rendered: &str) -> Result<i64, MockFault> {
    let mut reader = Reader { text: rendered.trim(), depth: 0, status: None };
    reader.object().ok_or(MockFault::NotAnObject)?;
    if !reader.text.is_empty() {
        return Err(MockFault::NotAnObject);
    }
    match reader.status {
        Some(Member::Integer(status)) => Ok(status),
        Some(Member::Other) | None => Err(MockFault::NoStatus),
    }
}

const MAXIMUM_DEPTH: usize = 60;

/// The value of a member.
#[derive(Clone, Copy)]
enum Member {
    Integer(i64),
    Other,
}

/// Reads lenient JSON; `None` is a syntax error.
struct Reader<'a> {
    text: &'a str,
    depth: usize,
    /// The last `statusCode` of the outermost object.
    status: Option<Member>,
}

impl<'a> Reader<'a> {
    fn blanks(&mut self) {
        self.text = self.text.trim_start();
    }

    fn take(&mut self, wanted: char) -> bool {
        self.blanks();
        let rest = self.text.strip_prefix(wanted);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn object(&mut self) -> Option<()> {
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH || !self.take('{') {
            return None;
        }
        while !self.take('}') {
            let name = self.name()?;
            if !self.take(':') {
                return None;
            }
            let value = self.value()?;
            if self.depth == 1 && name == "statusCode" {
                self.status = Some(value);
            }
            if !self.take(',') {
                if !self.take('}') {
                    return None;
                }
                break;
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn name(&mut self) -> Option<&'a str> {
        self.blanks();
        if self.text.starts_with(['"', '\'']) {
            return self.quoted();
        }
        let is_part = |c: char| c.is_alphanumeric() || "_$-.".contains(c);
        let length = self.text.find(|c| !is_part(c)).unwrap_or(self.text.len());
        let (name, rest) = self.text.split_at(length);
        self.text = rest;
        (!name.is_empty()).then_some(name)
    }

    fn quoted(&mut self) -> Option<&'a str> {
        let quote = self.text.chars().next()?;
        let inner = &self.text[1..];
        let mut is_escaped = false;
        for (place, found) in inner.char_indices() {
            if !is_escaped && found == quote {
                self.text = &inner[place + 1..];
                return Some(&inner[..place]);
            }
            is_escaped = !is_escaped && found == '\\';
        }
        None
    }

    fn value(&mut self) -> Option<Member> {
        self.blanks();
        match self.text.chars().next()? {
            '"' | '\'' => self.quoted().map(|_| Member::Other),
            '{' => self.object().map(|()| Member::Other),
            '[' => self.array().map(|()| Member::Other),
            _ => {
                let length = self.text.find(|c: char| ",]}".contains(c) || c.is_whitespace())?;
                let (word, rest) = self.text.split_at(length);
                self.text = rest;
                let is_word =
                    matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok();
                is_word.then(|| word.parse().map_or(Member::Other, Member::Integer))
            }
        }
    }

    fn array(&mut self) -> Option<()> {
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH || !self.take('[') {
            return None;
        }
        while !self.take(']') {
            self.value()?;
            if !self.take(',') {
                if !self.take(']') {
                    return None;
                }
                break;
            }
        }
        self.depth -= 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lenient_objects_have_a_status() {
        for text in [
            "{\"statusCode\": 200}",
            "{statusCode: 200}",
            "{ 'statusCode': 200, '': '' }",
            "{\"statusCode\": 200,}\n",
            "{\"a\": {\"statusCode\": 500}, \"b\": [1, 'x',], \"statusCode\" : 200}",
        ] {
            assert_eq!(mock_status(text), Ok(200), "{text}");
        }
    }

    #[test]
    fn anything_else_has_none() {
        for text in
            ["statusCode: 200", "{\"statusCode': 200 }", "{\"statusCode\": 200", "", "[]", "{} x"]
        {
            assert_eq!(mock_status(text), Err(MockFault::NotAnObject), "{text}");
        }
        for text in ["{}", "{\"statusCode\": \"200\"}", "{\"statusCode\": 200.5}"] {
            assert_eq!(mock_status(text), Err(MockFault::NoStatus), "{text}");
        }
    }
}
