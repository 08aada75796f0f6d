//! SHOW, SET and RESET, read from their tokens.

use crate::statement::{SettingName, Statement};
use crate::{position, syntax_error};
use census_error::Result;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan};

/// Reads `SHOW name` or `SHOW ALL`.
pub(crate) fn show(text: &str, tokens: &[&TokenWithSpan]) -> Result<Statement> {
    let (name, rest) = setting_name(text, &tokens[1..])?;
    end(text, rest)?;
    Ok(Statement::Show(name))
}

/// Reads `RESET name` or `RESET ALL`.
pub(crate) fn reset(text: &str, tokens: &[&TokenWithSpan]) -> Result<Statement> {
    let (name, rest) = setting_name(text, &tokens[1..])?;
    end(text, rest)?;
    Ok(Statement::Reset(name))
}

/// Reads `SET [SESSION | LOCAL] name { = | TO } value [, …]` and `SET TIME ZONE value`.
pub(crate) fn set(text: &str, tokens: &[&TokenWithSpan]) -> Result<Statement> {
    let mut rest = &tokens[1..];
    if is_word(rest.first(), "SESSION") || is_word(rest.first(), "LOCAL") {
        rest = &rest[1..];
    }
    let is_time_zone = is_word(rest.first(), "TIME") && is_word(rest.get(1), "ZONE");
    let (name, mut rest) = setting_name(text, rest)?;
    let SettingName::One(name) = name else {
        return Err(unexpected(text, tokens.get(1)));
    };
    if !is_time_zone {
        let is_assignment = matches!(rest.first(), Some(token) if token.token == Token::Eq)
            || is_word(rest.first(), "TO");
        if !is_assignment {
            return Err(unexpected(text, rest.first()));
        }
        rest = &rest[1..];
    }
    if rest.len() == 1
        && (is_word(rest.first(), "DEFAULT") || (is_time_zone && is_word(rest.first(), "LOCAL")))
    {
        return Ok(Statement::Reset(SettingName::One(name)));
    }
    Ok(Statement::Set { name, value: value(text, rest)? })
}

/// Reads a name with its dots; `TIME ZONE` is the setting `timezone`, and `TRANSACTION ISOLATION LEVEL` one too.
fn setting_name<'a, 'b>(
    text: &str,
    tokens: &'a [&'b TokenWithSpan],
) -> Result<(SettingName, &'a [&'b TokenWithSpan])> {
    if is_word(tokens.first(), "TIME") && is_word(tokens.get(1), "ZONE") {
        return Ok((SettingName::One("timezone".to_owned()), &tokens[2..]));
    }
    let isolation = ["TRANSACTION", "ISOLATION", "LEVEL"];
    if (0..).zip(isolation).all(|(place, word)| is_word(tokens.get(place), word)) {
        return Ok((SettingName::One("transaction_isolation".to_owned()), &tokens[3..]));
    }
    let mut name = String::new();
    let mut rest = tokens;
    loop {
        let Some(Token::Word(word)) = rest.first().map(|token| &token.token) else {
            return Err(unexpected(text, rest.first()));
        };
        name.push_str(&word.value.to_lowercase());
        rest = &rest[1..];
        if !matches!(rest.first(), Some(token) if token.token == Token::Period) {
            break;
        }
        name.push('.');
        rest = &rest[1..];
    }
    let name = if name == "all" { SettingName::All } else { SettingName::One(name) };
    Ok((name, rest))
}

/// Reads words, numbers and quoted texts, separated by commas.
fn value(text: &str, tokens: &[&TokenWithSpan]) -> Result<String> {
    let mut value = String::new();
    let mut expects_value = true;
    for token in tokens {
        match &token.token {
            Token::Comma if !expects_value => {
                value.push_str(", ");
                expects_value = true;
            }
            Token::Minus if expects_value => value.push('-'),
            Token::Word(word) if expects_value => {
                value.push_str(&word.value);
                expects_value = false;
            }
            Token::Number(number, _) if expects_value => {
                value.push_str(number);
                expects_value = false;
            }
            Token::SingleQuotedString(quoted) | Token::EscapedStringLiteral(quoted)
                if expects_value =>
            {
                value.push_str(quoted);
                expects_value = false;
            }
            _ => return Err(unexpected(text, Some(token))),
        }
    }
    if expects_value {
        return Err(syntax_error::at_end(text));
    }
    Ok(value)
}

fn is_word(token: Option<&&TokenWithSpan>, word: &str) -> bool {
    matches!(token.map(|token| &token.token), Some(Token::Word(found)) if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
}

fn end(text: &str, rest: &[&TokenWithSpan]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        unread => Err(unexpected(text, unread)),
    }
}

fn unexpected(text: &str, token: Option<&&TokenWithSpan>) -> census_error::Error {
    match token {
        Some(token) => {
            syntax_error::near(text, position::span(text, token.span.start, token.span.end))
        }
        None => syntax_error::at_end(text),
    }
}
