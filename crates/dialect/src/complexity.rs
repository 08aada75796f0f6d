//! How long and how deep a statement may be, told from its tokens before anything recurses over it.

use crate::position;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan};

/// The longest statement that is read, in bytes.
pub const MAXIMUM_LENGTH: usize = 1 << 20;

/// How many operators may follow one another without a comma: each makes the expression one level deeper.
pub const MAXIMUM_OPERATORS: usize = 500;

/// How deep parentheses and subqueries may nest.
pub const MAXIMUM_NESTING: usize = 48;

/// Refuses a statement that would take too much stack (54001).
///
/// Between two commas an expression is at most as deep as it has operators, those in its
/// parentheses included; so the longest such run bounds the depth of the tree.
pub(crate) fn check(text: &str, tokens: &[TokenWithSpan]) -> Result<()> {
    let mut runs = vec![Run::default()];
    for token in tokens {
        match &token.token {
            Token::LParen | Token::LBracket => runs.push(Run::default()),
            Token::RParen | Token::RBracket => close(&mut runs),
            Token::Comma => {
                if let Some(run) = runs.last_mut() {
                    run.longest = run.longest.max(run.current);
                    run.current = 0;
                }
            }
            other if deepens(other) => {
                if let Some(run) = runs.last_mut() {
                    run.current += 1;
                }
            }
            _ => continue,
        }
        let too_long = runs.last().is_some_and(|run| run.current > MAXIMUM_OPERATORS);
        if too_long || runs.len() > MAXIMUM_NESTING + 1 {
            return Err(too_complex(too_long).with_span(position::span(
                text,
                token.span.start,
                token.span.end,
            )));
        }
    }
    Ok(())
}

/// Operators seen since the last comma, and the most between any two commas, in one pair of parentheses.
#[derive(Default)]
struct Run {
    current: usize,
    longest: usize,
}

/// Adds what a closed pair of parentheses held to the run around it.
fn close(runs: &mut Vec<Run>) {
    if runs.len() < 2 {
        return;
    }
    let inner = runs.pop().map_or(0, |run| run.longest.max(run.current));
    if let Some(outer) = runs.last_mut() {
        outer.current += inner;
    }
}

fn too_complex(too_long: bool) -> Error {
    let hint = if too_long {
        format!(
            "At most {MAXIMUM_OPERATORS} operators may follow one another; IN (…) or a join with VALUES holds any number of values."
        )
    } else {
        format!(
            "Parentheses and subqueries may nest {MAXIMUM_NESTING} deep; WITH gives subqueries a name."
        )
    };
    Error::new(SqlState::StatementTooComplex, "stack depth limit exceeded").with_hint(hint)
}

/// Tells whether a token can make an expression, a join or a set operation one level deeper.
fn deepens(token: &Token) -> bool {
    match token {
        Token::Word(word) => matches!(
            word.keyword,
            Keyword::AND
                | Keyword::OR
                | Keyword::NOT
                | Keyword::IS
                | Keyword::IN
                | Keyword::LIKE
                | Keyword::ILIKE
                | Keyword::SIMILAR
                | Keyword::BETWEEN
                | Keyword::OVERLAPS
                | Keyword::COLLATE
                | Keyword::AT
                | Keyword::CASE
                | Keyword::JOIN
                | Keyword::UNION
                | Keyword::EXCEPT
                | Keyword::INTERSECT
                | Keyword::EXPLAIN
        ),
        Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::DoubleQuotedString(_)
        | Token::EscapedStringLiteral(_)
        | Token::UnicodeStringLiteral(_)
        | Token::NationalStringLiteral(_)
        | Token::HexStringLiteral(_)
        | Token::DollarQuotedString(_)
        | Token::Placeholder(_)
        | Token::Whitespace(_)
        | Token::Period
        | Token::SemiColon
        | Token::EOF => false,
        _ => true,
    }
}
