//! `#name` and `#"name"`: explicit tag references, which the parser would take for an operator.

use crate::reserved_words;
use datafusion::sql::sqlparser::ast::Ident;
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Span, Token, TokenWithSpan, Word};

/// Words of PostgreSQL after which an operand comes although they are no reserved ones.
const BEFORE_OPERANDS: [&str; 6] = ["between", "by", "ilike", "is", "like", "similar"];

/// Reserved words that are operands themselves, so that an operator follows them.
const OPERANDS: [&str; 4] = ["end", "false", "null", "true"];

/// Turns `#name` where an operand may stand into one quoted identifier that begins with `#`.
///
/// After an operand it is PostgreSQL's bitwise operator, and stays that.
pub(crate) fn rewrite(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    if !tokens.iter().any(|token| token.token == Token::Sharp) {
        return tokens;
    }
    let mut rewritten: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_prefix = token.token == Token::Sharp
            && expects_operand(
                rewritten.iter().rev().find(|before| !matches!(before.token, Token::Whitespace(_))),
            );
        let name = match tokens.peek() {
            Some(TokenWithSpan { token: Token::Word(word), span }) if is_prefix => {
                Some((normal(word), span.end))
            }
            _ => None,
        };
        let Some((name, end)) = name else {
            rewritten.push(token);
            continue;
        };
        tokens.next();
        let word =
            Word { value: format!("#{name}"), quote_style: Some('"'), keyword: Keyword::NoKeyword };
        let span = Span { start: token.span.start, end };
        rewritten.push(TokenWithSpan { token: Token::Word(word), span });
    }
    rewritten
}

fn normal(word: &Word) -> String {
    if word.quote_style.is_some() { word.value.clone() } else { word.value.to_lowercase() }
}

/// Tells whether an operand must follow a token.
pub(crate) fn expects_operand(before: Option<&TokenWithSpan>) -> bool {
    match before.map(|token| &token.token) {
        Some(Token::Word(word)) if word.quote_style.is_none() => {
            let lower = word.value.to_lowercase();
            let is_keyword = reserved_words::is_reserved(&Ident::new(lower.as_str()))
                || BEFORE_OPERANDS.contains(&lower.as_str());
            is_keyword && !OPERANDS.contains(&lower.as_str())
        }
        Some(
            Token::Word(_)
            | Token::RParen
            | Token::RBracket
            | Token::Number(..)
            | Token::SingleQuotedString(_)
            | Token::EscapedStringLiteral(_)
            | Token::DollarQuotedString(_)
            | Token::HexStringLiteral(_)
            | Token::Placeholder(_),
        ) => false,
        _ => true,
    }
}
