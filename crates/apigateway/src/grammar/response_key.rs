//! Response keys: `$default`, or a regular expression between slashes.
//!
//! Source: API Gateway Developer Guide, "Setting up a WebSocket API integration response": "the integration response
//! key functions as a regular expression. It should follow a format of `/expression/`".

use crate::pattern::Pattern;
use crate::{PatternError, PatternFault};
use std::fmt;

/// The key of an integration response, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ResponseKey {
    /// `$default`: taken where no other key matches.
    Default,
    /// `/expression/`, without its slashes.
    Expression(String),
    /// Neither: AWS may accept it; what it then does is not known.
    Bare(String),
}

impl ResponseKey {
    /// Reads a key; every text is one, if only a [`ResponseKey::Bare`] one.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "$default" {
            return Self::Default;
        }
        let inner = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        match inner {
            Some(expression) => Self::Expression(expression.to_owned()),
            None => Self::Bare(text.to_owned()),
        }
    }

    /// The compiled expression; `None` for `$default`.
    #[must_use]
    pub fn pattern(&self) -> Option<Result<Pattern, PatternError>> {
        match self {
            Self::Default => None,
            Self::Expression(text) | Self::Bare(text) => Some(Pattern::parse(text)),
        }
    }

    /// Whether the key's expression, where it has one, matches the whole of `value`.
    ///
    /// # Errors
    /// The expression does not compile, cannot be simulated, or matching takes too many steps.
    pub fn matches(&self, value: &str) -> Result<bool, PatternError> {
        match self.pattern() {
            None => Ok(false),
            Some(pattern) => pattern?.matches(value).map_err(|fault: PatternFault| fault.at(0)),
        }
    }
}

impl fmt::Display for ResponseKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("$default"),
            Self::Expression(expression) => write!(formatter, "/{expression}/"),
            Self::Bare(text) => formatter.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_prints_back() {
        for text in ["$default", "/4\\d\\d/", "//", "200", "/", "/a", "///"] {
            assert_eq!(ResponseKey::parse(text).to_string(), text);
        }
    }

    #[test]
    fn one_slash_is_no_expression() {
        assert_eq!(ResponseKey::parse("/"), ResponseKey::Bare("/".into()));
        assert_eq!(ResponseKey::parse("//"), ResponseKey::Expression(String::new()));
    }

    #[test]
    fn default_matches_no_value_by_itself() {
        assert_eq!(ResponseKey::Default.matches("$default"), Ok(false));
    }
}
