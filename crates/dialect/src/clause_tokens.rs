//! `FETCH FIRST (n) ROWS WITH TIES`, `ORDER BY x USING >` and `'1 day'::interval PRECEDING`: clauses that the parser does
//! not read, as ones that it does.

use crate::position;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::tokenizer::{Span, Token, TokenWithSpan};

/// The function around a number of rows after which rows that are equal to the last one follow.
pub(crate) const WITH_TIES: &str = "__with_ties";

/// Turns FETCH into LIMIT and USING into ASC and DESC.
///
/// # Errors
/// 42809 for USING of an operator that orders nothing.
pub(crate) fn rewrite(text: &str, tokens: Vec<TokenWithSpan>) -> Result<Vec<TokenWithSpan>> {
    let words = ["FETCH", "USING", "PRECEDING", "FOLLOWING"];
    if !tokens.iter().any(|token| words.iter().any(|word| is(&token.token, word))) {
        return Ok(tokens);
    }
    let mut rewritten: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let next = next(&tokens, index + 1);
        let is_fetch = is(&token.token, "FETCH")
            && next.is_some_and(|(_, next)| is(next, "FIRST") || is(next, "NEXT"));
        if is_fetch
            && let Some(start) = next.map(|(place, _)| place + 1)
            && let Some(fetch) = Fetch::read(&tokens, start)
        {
            fetch.write(&tokens[start..], token.span, &mut rewritten);
            index = fetch.end;
            continue;
        }
        if is(&token.token, "USING")
            && let Some((place, operator)) = next
            && let Some(direction) = direction(operator)
        {
            let word = direction.map_err(|error| {
                let span = tokens[place].span;
                error.with_span(position::span(text, span.start, span.end))
            })?;
            rewritten.push(TokenWithSpan { token: Token::make_keyword(word), span: token.span });
            index = place + 1;
            continue;
        }
        if let Some(name) = cast_of_offset(&tokens, index) {
            let span = token.span;
            let here = |token: Token| TokenWithSpan { token, span };
            rewritten.extend([here(Token::make_keyword("CAST")), here(Token::LParen)]);
            rewritten.extend([token.clone(), here(Token::make_keyword("AS"))]);
            rewritten.extend([tokens[name].clone(), here(Token::RParen)]);
            index = name + 1;
            continue;
        }
        rewritten.push(token.clone());
        index += 1;
    }
    Ok(rewritten)
}

/// Returns the place of the type in `'1 day'::interval PRECEDING`, of which the parser would read the text alone.
fn cast_of_offset(tokens: &[TokenWithSpan], index: usize) -> Option<usize> {
    let is_text = matches!(tokens.get(index)?.token, Token::SingleQuotedString(_));
    let (colons, _) =
        next(tokens, index + 1).filter(|(_, token)| is_text && **token == Token::DoubleColon)?;
    let (name, word) = next(tokens, colons + 1)?;
    let (_, bound) = next(tokens, name + 1)?;
    let is_bound = is(bound, "PRECEDING") || is(bound, "FOLLOWING");
    (matches!(word, Token::Word(_)) && is_bound).then_some(name)
}

/// What stands between `FETCH FIRST` and its end.
struct Fetch {
    /// How many tokens the number of rows takes.
    count: usize,
    with_ties: bool,
    /// The token after the clause.
    end: usize,
}

impl Fetch {
    fn read(tokens: &[TokenWithSpan], start: usize) -> Option<Self> {
        let mut depth = 0_usize;
        let rows = tokens[start..].iter().position(|token| {
            match token.token {
                Token::LParen => depth += 1,
                Token::RParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && (is(&token.token, "ROW") || is(&token.token, "ROWS"))
        })?;
        let (place, word) = next(tokens, start + rows + 1)?;
        let (end, with_ties) = match next(tokens, place + 1) {
            _ if is(word, "ONLY") => (place + 1, false),
            Some((ties, word_after)) if is(word, "WITH") && is(word_after, "TIES") => {
                (ties + 1, true)
            }
            _ => return None,
        };
        Some(Self { count: rows, with_ties, end })
    }

    fn write(&self, tokens: &[TokenWithSpan], place: Span, rewritten: &mut Vec<TokenWithSpan>) {
        let mut push = |token: Token| rewritten.push(TokenWithSpan { token, span: place });
        push(Token::make_keyword("LIMIT"));
        if self.with_ties {
            push(Token::make_word(WITH_TIES, None));
            push(Token::LParen);
        }
        let count = &tokens[..self.count];
        if count.iter().all(|token| matches!(token.token, Token::Whitespace(_))) {
            push(Token::Number("1".to_owned(), false));
        } else {
            rewritten.extend_from_slice(count);
        }
        if self.with_ties {
            rewritten.push(TokenWithSpan { token: Token::RParen, span: place });
        }
    }
}

/// Returns the direction that an operator stands for; none if a token is no operator.
fn direction(operator: &Token) -> Option<Result<&'static str, Error>> {
    match operator {
        Token::Lt => Some(Ok("ASC")),
        Token::Gt => Some(Ok("DESC")),
        Token::LParen | Token::Word(_) | Token::Comma => None,
        operator => {
            let message = format!("operator {operator} is not a valid ordering operator");
            Some(Err(Error::new(SqlState::WrongObjectType, message)
                .with_hint("Ordering operators are \"<\" and \">\".")))
        }
    }
}

/// Returns the next token that is no white space, and its place.
fn next(tokens: &[TokenWithSpan], start: usize) -> Option<(usize, &Token)> {
    let found = tokens.iter().enumerate().skip(start);
    found
        .map(|(place, token)| (place, &token.token))
        .find(|(_, token)| !matches!(token, Token::Whitespace(_)))
}

fn is(token: &Token, word: &str) -> bool {
    matches!(token, Token::Word(found) if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
}
