//! `'a'` and `'b'` on the next line are one text literal, as the standard has it; on the same line they are none.

use crate::{position, syntax_error};
use census_error::Result;
use datafusion::sql::sqlparser::tokenizer::{Span, Token, TokenWithSpan, Whitespace};

/// Joins text literals with nothing but white space and a line's end between them.
///
/// The parser would take the second one for the name of the column.
///
/// # Errors
/// 42601 for two literals on one line.
pub(crate) fn rewrite(text: &str, tokens: &[TokenWithSpan]) -> Result<Vec<TokenWithSpan>> {
    let mut joined: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while index < tokens.len() {
        let mut token = tokens[index].clone();
        index += 1;
        while let Token::SingleQuotedString(first) | Token::EscapedStringLiteral(first) =
            &token.token
        {
            let blanks = tokens[index..]
                .iter()
                .take_while(|token| matches!(token.token, Token::Whitespace(_)))
                .count();
            let Some(next) = tokens.get(index + blanks) else {
                break;
            };
            let Token::SingleQuotedString(second) = &next.token else {
                break;
            };
            if !tokens[index..index + blanks].iter().any(ends_line) {
                let span = position::span(text, next.span.start, next.span.end);
                return Err(syntax_error::near(text, span));
            }
            let span = Span { start: token.span.start, end: next.span.end };
            token = TokenWithSpan {
                token: Token::SingleQuotedString(format!("{first}{second}")),
                span,
            };
            index += blanks + 1;
        }
        joined.push(token);
    }
    Ok(joined)
}

fn ends_line(token: &TokenWithSpan) -> bool {
    matches!(
        token.token,
        Token::Whitespace(Whitespace::Newline | Whitespace::SingleLineComment { .. })
    )
}
