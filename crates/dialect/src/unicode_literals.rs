//! `U&'d\0061t\+000061'`: text literals whose characters are given by their numbers; `N'data'`, which are of the only
//! character set.

use crate::position;
use census_error::{Error, Result, Span, SqlState};
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan, Whitespace};

/// Turns such literals into plain ones, with their UESCAPE where they have one.
///
/// # Errors
/// 42601 for an escape that is none, or an escape character that cannot be one.
pub(crate) fn rewrite(text: &str, tokens: &[TokenWithSpan]) -> Result<Vec<TokenWithSpan>> {
    let mut rewritten = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while index < tokens.len() {
        let mut token = tokens[index].clone();
        index += 1;
        if let Token::NationalStringLiteral(content) = &token.token {
            token.token = Token::SingleQuotedString(content.clone());
        }
        if let Token::UnicodeStringLiteral(content) = &token.token {
            let mut content = content.clone();
            let mut place = index;
            let after = next(tokens, &mut place);
            if matches!(after, Some(Token::Word(word)) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("uescape"))
                && let Some(Token::SingleQuotedString(escape)) = next(tokens, &mut place)
            {
                let escape_token = &tokens[place - 1];
                let span = position::span(text, escape_token.span.start, escape_token.span.end);
                content = decoded(&content, escape_character(escape, span)?).ok_or_else(|| {
                    let span = position::span(text, token.span.start, token.span.end);
                    Error::new(SqlState::SyntaxError, "invalid Unicode escape")
                        .with_hint("Unicode escapes must be \\XXXX or \\+XXXXXX.")
                        .with_span(span)
                })?;
                index = place;
            }
            token.token = Token::SingleQuotedString(content);
        }
        rewritten.push(token);
    }
    Ok(rewritten)
}

/// Goes on to the token after the next that is no white space, and returns that one.
fn next<'a>(tokens: &'a [TokenWithSpan], place: &mut usize) -> Option<&'a Token> {
    loop {
        let token = tokens.get(*place)?;
        *place += 1;
        let is_blank = matches!(
            token.token,
            Token::Whitespace(
                Whitespace::Space
                    | Whitespace::Newline
                    | Whitespace::Tab
                    | Whitespace::SingleLineComment { .. }
                    | Whitespace::MultiLineComment(_)
            )
        );
        if !is_blank {
            return Some(&token.token);
        }
    }
}

fn escape_character(escape: &str, span: Span) -> Result<char> {
    let mut characters = escape.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None)
            if !character.is_ascii_hexdigit()
                && !character.is_whitespace()
                && !['+', '\'', '"'].contains(&character) =>
        {
            Ok(character)
        }
        _ => {
            Err(Error::new(SqlState::SyntaxError, "invalid Unicode escape character")
                .with_span(span))
        }
    }
}

/// Replaces `!XXXX`, `!+XXXXXX` and `!!`, where `!` is the escape character.
fn decoded(content: &str, escape: char) -> Option<String> {
    let mut decoded = String::with_capacity(content.len());
    let mut characters = content.chars().peekable();
    while let Some(character) = characters.next() {
        if character != escape {
            decoded.push(character);
            continue;
        }
        if characters.next_if_eq(&escape).is_some() {
            decoded.push(escape);
            continue;
        }
        let count = if characters.next_if_eq(&'+').is_some() { 6 } else { 4 };
        let mut number = 0;
        for _ in 0..count {
            number = number * 16 + characters.next()?.to_digit(16)?;
        }
        decoded.push(char::from_u32(number).filter(|character| *character != '\0')?);
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn characters_are_given_by_their_numbers() {
        assert_eq!(decoded("d!0061t!+000061!!", '!').as_deref(), Some("data!"));
        assert_eq!(decoded("!00", '!'), None);
        assert_eq!(decoded("!0000", '!'), None);
    }
}
