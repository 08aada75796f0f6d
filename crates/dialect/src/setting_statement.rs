//! SHOW, SET and RESET, read from their tokens.

use crate::functions::strings::quote;
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

/// Reads `SET [SESSION | LOCAL] name { = | TO } value [, …]`, and the forms that have words of their own: TIME ZONE,
/// NAMES, ROLE, SESSION AUTHORIZATION.
pub(crate) fn set(text: &str, tokens: &[&TokenWithSpan]) -> Result<Statement> {
    let mut rest = &tokens[1..];
    let is_local = is_word(rest.first(), "LOCAL");
    let is_session = is_word(rest.first(), "SESSION") && !is_word(rest.get(1), "AUTHORIZATION");
    if is_local || is_session {
        rest = &rest[1..];
    }
    let is_spoken = SPOKEN.iter().any(|(words, _)| begins_with(rest, words));
    let (name, mut rest) = setting_name(text, rest)?;
    let SettingName::One(name) = name else {
        return Err(unexpected(text, tokens.get(1)));
    };
    if is_assigned(rest.first()) {
        rest = &rest[1..];
    } else if !is_spoken {
        return Err(unexpected(text, rest.first()));
    }
    let is_default =
        is_word(rest.first(), "DEFAULT") || (name == TIME_ZONE && is_word(rest.first(), "LOCAL"));
    let value = match rest {
        [_] if is_default => None,
        [interval, literal, ..] if name == TIME_ZONE && is_word(Some(interval), "INTERVAL") => {
            Some(zone(text, literal, &rest[2..])?)
        }
        // The one setting whose value is a list of names.
        _ if name == "search_path" => Some(value(text, rest, quote::name)?),
        _ => Some(value(text, rest, str::to_owned)?),
    };
    Ok(Statement::Set { name, value, is_local })
}

const TIME_ZONE: &str = "timezone";

/// Settings that statements name by other words, after which the value comes at once.
const SPOKEN: [(&[&str], &str); 5] = [
    (&["TIME", "ZONE"], TIME_ZONE),
    (&["TRANSACTION", "ISOLATION", "LEVEL"], "transaction_isolation"),
    (&["SESSION", "AUTHORIZATION"], "session_authorization"),
    (&["NAMES"], "client_encoding"),
    (&["ROLE"], "role"),
];

fn begins_with(tokens: &[&TokenWithSpan], words: &[&str]) -> bool {
    words.iter().enumerate().all(|(place, word)| is_word(tokens.get(place), word))
}

/// Reads a name with its dots, or the words that stand for one.
fn setting_name<'a, 'b>(
    text: &str,
    tokens: &'a [&'b TokenWithSpan],
) -> Result<(SettingName, &'a [&'b TokenWithSpan])> {
    for (words, name) in SPOKEN {
        // A setting may itself be called `role`.
        if begins_with(tokens, words) && !is_assigned(tokens.get(words.len())) {
            return Ok((SettingName::One(name.to_owned()), &tokens[words.len()..]));
        }
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

/// Reads `'+00:00' HOUR TO MINUTE` after INTERVAL: what a time zone is away from UTC.
fn zone(text: &str, literal: &TokenWithSpan, fields: &[&TokenWithSpan]) -> Result<String> {
    let (Token::SingleQuotedString(zone), [] | [_, _, _]) = (&literal.token, fields) else {
        return Err(unexpected(text, Some(&literal)));
    };
    if !fields.is_empty() && !begins_with(fields, &["HOUR", "TO", "MINUTE"]) {
        return Err(unexpected(text, fields.first()));
    }
    Ok(zone.clone())
}

/// Reads words, numbers and quoted texts, separated by commas; each is written as `written` says.
fn value(
    text: &str,
    tokens: &[&TokenWithSpan],
    written: impl Fn(&str) -> String,
) -> Result<String> {
    let mut value = String::new();
    let mut expects_value = true;
    for token in tokens {
        match &token.token {
            Token::Comma if !expects_value => {
                value.push_str(", ");
                expects_value = true;
                continue;
            }
            Token::Minus | Token::Plus if expects_value => {
                value.push_str(if token.token == Token::Minus { "-" } else { "" });
                continue;
            }
            Token::Word(word) if expects_value && word.quote_style.is_none() => {
                value.push_str(&written(&word.value.to_lowercase()));
            }
            Token::Word(word) if expects_value => value.push_str(&written(&word.value)),
            Token::Number(number, _) if expects_value => value.push_str(&written(number)),
            Token::SingleQuotedString(quoted) | Token::EscapedStringLiteral(quoted)
                if expects_value =>
            {
                value.push_str(&written(quoted));
            }
            _ => return Err(unexpected(text, Some(token))),
        }
        expects_value = false;
    }
    if expects_value {
        return Err(syntax_error::at_end(text));
    }
    Ok(value)
}

fn is_assigned(token: Option<&&TokenWithSpan>) -> bool {
    matches!(token, Some(token) if token.token == Token::Eq) || is_word(token, "TO")
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
