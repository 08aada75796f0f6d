//! Regular expressions as Java reads them, for response keys and for methods of strings in templates.
//!
//! Source: API Gateway Developer Guide, "Handle Lambda errors": "API Gateway uses Java pattern-style regexes for
//! response mapping". An engine of our own, because only it has Java's classes, line ends and possessive
//! quantifiers, a bound on steps, and a syntax tree for the checker; it saves translating into another dialect.

mod class;
mod class_parser;
mod escape_parser;
mod inspect;
mod machine;
mod parser;
mod program;
mod status_codes;
mod syntax;

use crate::{PatternError, PatternFault};
use machine::{Groups, Machine};
use program::Program;
pub use status_codes::StatusCodes;
use syntax::Node;

/// Steps that one call may take over a text of usual length; a key that needs more is not simulated.
pub const MAXIMUM_STEPS: usize = 500_000;

/// Steps that a call may take over any text; each may have to be remembered.
const MOST_STEPS: usize = 8_000_000;

/// Steps that a call may take over a text: enough for what looks at every character a few times.
fn steps_for(text: &str) -> usize {
    text.len().saturating_mul(8).clamp(MAXIMUM_STEPS, MOST_STEPS)
}

/// A compiled regular expression.
#[derive(Debug, Clone)]
pub struct Pattern {
    root: Node,
    program: Program,
}

impl Pattern {
    /// Compiles an expression.
    ///
    /// # Errors
    /// Java would refuse it, or it uses what this crate does not simulate ([`PatternFault::is_ours`]).
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let parsed = parser::parse(text)?;
        let program = program::compile(&parsed)?;
        Ok(Self { root: parsed.root, program })
    }

    /// Whether the expression matches the whole text: reports from the field say that keys are not searched for.
    ///
    /// # Errors
    /// Matching takes more than [`MAXIMUM_STEPS`], or several steps for each character of a long text.
    pub fn matches(&self, text: &str) -> Result<bool, PatternFault> {
        self.matches_within(text, steps_for(text))
    }

    /// [`Pattern::matches`] with a bound of its own.
    ///
    /// # Errors
    /// Matching takes more than `steps`.
    pub fn matches_within(&self, text: &str, steps: usize) -> Result<bool, PatternFault> {
        let mut budget = steps;
        self.matches_using(text, &mut budget)
    }

    pub(crate) fn matches_using(
        &self,
        text: &str,
        budget: &mut usize,
    ) -> Result<bool, PatternFault> {
        let text: Vec<char> = text.chars().collect();
        let mut machine = Machine::new(&self.program, &text, *budget);
        let is_match = machine.match_whole();
        *budget = machine.left();
        is_match
    }

    /// What compiling cost, in steps.
    pub(crate) fn size(&self) -> usize {
        self.program.code.len()
    }

    /// Whether the expression matches anywhere in the text.
    ///
    /// # Errors
    /// Those of [`Pattern::matches`].
    pub fn is_found_in(&self, text: &str) -> Result<bool, PatternFault> {
        let steps = steps_for(text);
        let text: Vec<char> = text.chars().collect();
        Ok(Machine::new(&self.program, &text, steps).search(0)?.is_some())
    }

    /// Replaces every match, or the first one, as Java's `replaceAll` and `replaceFirst` do: `$1` in the replacement
    /// is a group, a backslash takes the next character as it is. The result has `maximum` bytes at most, more or
    /// less one replacement.
    pub(crate) fn replace(
        &self,
        text: &str,
        replacement: &str,
        all: bool,
        (maximum, budget): (usize, &mut usize),
    ) -> Result<String, PatternFault> {
        let text: Vec<char> = text.chars().collect();
        let mut result = String::new();
        let mut copied = 0;
        for groups in self.matches_in(&text, if all { usize::MAX } else { 1 }, budget)? {
            let Some((start, end)) = groups.first().copied().flatten() else { break };
            result.extend(&text[copied..start]);
            expand(replacement, &groups, &text, &mut result)?;
            copied = end;
            if result.len() > maximum {
                return Err(PatternFault::CannotSimulate { what: "so large a replacement".into() });
            }
        }
        result.extend(&text[copied..]);
        Ok(result)
    }

    /// Splits as Java's `split` does: no empty texts at the end, none at the start for an empty match.
    pub(crate) fn split(
        &self,
        text: &str,
        budget: &mut usize,
    ) -> Result<Vec<String>, PatternFault> {
        let text: Vec<char> = text.chars().collect();
        let mut pieces = Vec::new();
        let mut copied = 0;
        for groups in self.matches_in(&text, usize::MAX, budget)? {
            let Some((start, end)) = groups.first().copied().flatten() else { break };
            if end > 0 && !(start == end && start >= text.len()) {
                pieces.push(text[copied..start].iter().collect());
                copied = end;
            }
        }
        pieces.push(text[copied..].iter().collect::<String>());
        while pieces.len() > 1 && pieces.last().is_some_and(String::is_empty) {
            pieces.pop();
        }
        Ok(pieces)
    }

    /// The matches from left to right, `maximum` at most.
    fn matches_in(
        &self,
        text: &[char],
        maximum: usize,
        budget: &mut usize,
    ) -> Result<Vec<Groups>, PatternFault> {
        let mut machine = Machine::new(&self.program, text, *budget);
        let mut matches = Vec::new();
        let mut from = 0;
        while from <= text.len() && matches.len() < maximum {
            let found = machine.search(from);
            *budget = machine.left();
            let Some(groups) = found? else { break };
            let Some((start, end)) = groups.first().copied().flatten() else { break };
            from = if end > start { end } else { end + 1 };
            matches.push(groups);
        }
        Ok(matches)
    }
}

fn expand(
    replacement: &str,
    groups: &[Option<(usize, usize)>],
    text: &[char],
    result: &mut String,
) -> Result<(), PatternFault> {
    let mut characters = replacement.chars().peekable();
    while let Some(found) = characters.next() {
        match found {
            '\\' => match characters.next() {
                Some(literal) => result.push(literal),
                None => return Err(invalid("character to be escaped is missing")),
            },
            '$' => {
                let digit = characters.next().and_then(|c| c.to_digit(10));
                let Some(digit) = digit else { return Err(invalid("illegal group reference")) };
                let mut group = digit as usize;
                if group >= groups.len() {
                    return Err(invalid(&format!("no group {group}")));
                }
                while let Some(more) = characters.peek().and_then(|c| c.to_digit(10)) {
                    if group * 10 + (more as usize) >= groups.len() {
                        break;
                    }
                    group = group * 10 + (more as usize);
                    characters.next();
                }
                if let Some((start, end)) = groups[group] {
                    result.extend(&text[start..end]);
                }
            }
            other => result.push(other),
        }
    }
    Ok(())
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

fn invalid(what: &str) -> PatternFault {
    PatternFault::Invalid { what: what.to_owned() }
}

#[cfg(test)]
mod tests;
