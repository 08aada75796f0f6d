//! Text with `{variables}`: keys, ARNs, request paths and policy resources.

use std::fmt;

/// Text with `{variable}` places, checked when it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Template {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Text(String),
    Variable(String),
}

/// The rendered beginning of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beginning<'a> {
    /// The text.
    pub text: String,
    /// The variables in it.
    pub variables: Vec<&'a str>,
    /// Whether it ends in text of the template, so that no other value continues the last variable's.
    pub ends_in_text: bool,
}

/// A variable of a template that has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the variable \"{name}\" of the template \"{template}\" has no value")]
pub struct MissingVariable {
    /// The variable.
    pub name: String,
    /// The whole template.
    pub template: String,
}

/// Text that is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// `{` without `}`, or the other way round.
    #[error("unbalanced brace in \"{0}\"")]
    UnbalancedBrace(String),
    /// What stands between the braces is no lower snake case name.
    #[error("\"{0}\" is not the name of a variable")]
    InvalidName(String),
}

impl Template {
    /// The variables that every template may use: the partition (`aws`), the region, the account and
    /// the domain that endpoints end in (`amazonaws.com`).
    pub const BUILT_IN: [&'static str; 4] = ["partition", "region", "account_id", "dns_suffix"];

    /// Reads a template.
    ///
    /// # Errors
    /// A brace without its counterpart; a variable that is not lower snake case.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            let (before, from_brace) = rest.split_at(open);
            let close = from_brace.find('}').filter(|close| *close > 0);
            let Some(close) = close else {
                return Err(TemplateError::UnbalancedBrace(text.to_owned()));
            };
            let name = &from_brace[1..close];
            if !is_lower_snake_case(name) {
                return Err(TemplateError::InvalidName(name.to_owned()));
            }
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Variable(name.to_owned()));
            rest = &from_brace[close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self { text: text.to_owned(), pieces })
    }

    /// Returns the text with every variable replaced by what `lookup` says of it.
    ///
    /// Values go in as they are: escaping them for a URL is the business of the one who looks them up.
    ///
    /// # Errors
    /// The first variable that `lookup` does not know.
    pub fn render<S: AsRef<str>>(
        &self,
        lookup: impl Fn(&str) -> Option<S>,
    ) -> Result<String, MissingVariable> {
        let mut rendered = String::with_capacity(self.text.len());
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => rendered.push_str(text),
                Piece::Variable(name) => match lookup(name) {
                    Some(value) => rendered.push_str(value.as_ref()),
                    None => {
                        return Err(MissingVariable {
                            name: name.clone(),
                            template: self.text.clone(),
                        });
                    }
                },
            }
        }
        Ok(rendered)
    }

    /// Returns the text before the first variable that `lookup` does not know: what the texts of everything
    /// below the known variables begin with.
    pub fn beginning<S: AsRef<str>>(&self, lookup: impl Fn(&str) -> Option<S>) -> Beginning<'_> {
        let mut beginning = Beginning::default();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    beginning.text.push_str(text);
                    beginning.ends_in_text = true;
                }
                Piece::Variable(name) => match lookup(name) {
                    Some(value) => {
                        beginning.text.push_str(value.as_ref());
                        beginning.variables.push(name);
                        beginning.ends_in_text = false;
                    }
                    None => break,
                },
            }
        }
        beginning
    }

    /// Returns the variables in the order in which they stand, repetitions included.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Variable(name) => Some(name.as_str()),
        })
    }

    /// Returns the template as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Tells whether a name is lower snake case; a leading underscore is not.
pub(crate) fn is_lower_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Option<&'static str> {
        match name {
            "partition" => Some("aws-cn"),
            "api_id" => Some("a1"),
            _ => None,
        }
    }

    #[test]
    fn variables_are_replaced() {
        let template = Template::parse("arn:{partition}:x::/apis/{api_id}").unwrap();
        assert_eq!(template.variables().collect::<Vec<_>>(), ["partition", "api_id"]);
        assert_eq!(template.render(lookup).unwrap(), "arn:aws-cn:x::/apis/a1");
    }

    #[test]
    fn a_beginning_ends_before_the_first_unknown_variable() {
        let template =
            Template::parse("arn:{partition}::/apis/{api_id}/x/{x_id}/{api_id}").unwrap();
        let beginning = template.beginning(lookup);
        assert_eq!(beginning.text, "arn:aws-cn::/apis/a1/x/");
        assert_eq!(beginning.variables, ["partition", "api_id"]);
        assert!(beginning.ends_in_text);
    }

    #[test]
    fn a_variable_without_value_is_named() {
        let template = Template::parse("/apis/{nope}/x").unwrap();
        insta::assert_snapshot!(
            template.render(lookup).unwrap_err(),
            @r#"the variable "nope" of the template "/apis/{nope}/x" has no value"#
        );
    }

    #[test]
    fn braces_must_match_and_hold_a_name() {
        let faults: Vec<String> = ["a{b", "a}b", "{}", "{A}", "{a{b}}"]
            .iter()
            .map(|text| Template::parse(text).unwrap_err().to_string())
            .collect();
        insta::assert_snapshot!(faults.join("\n"), @r#"
        unbalanced brace in "a{b"
        unbalanced brace in "a}b"
        "" is not the name of a variable
        "A" is not the name of a variable
        "a{b" is not the name of a variable
        "#);
    }
}
