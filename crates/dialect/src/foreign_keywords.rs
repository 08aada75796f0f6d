//! Words that the parser keeps for other dialects of SQL: for PostgreSQL they are names like any other.

use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan, Word};

/// Keywords that a query of PostgreSQL does not have.
const FOREIGN: [Keyword; 24] = [
    Keyword::ANTI,
    Keyword::ASOF,
    Keyword::CLUSTER,
    Keyword::CONNECT,
    Keyword::DISTRIBUTE,
    Keyword::FORMAT,
    Keyword::GLOBAL,
    Keyword::MATCH_CONDITION,
    Keyword::MATCH_RECOGNIZE,
    Keyword::MINUS,
    Keyword::OPEN,
    Keyword::OUTPUT,
    Keyword::PIVOT,
    Keyword::PREWHERE,
    Keyword::SAMPLE,
    Keyword::SEMI,
    Keyword::SETTINGS,
    Keyword::SORT,
    Keyword::START,
    Keyword::STRAIGHT_JOIN,
    Keyword::STRUCT,
    Keyword::TOP,
    Keyword::UNPIVOT,
    Keyword::VIEW,
];

/// Quotes such words, so that the parser takes them for names.
pub(crate) fn rewrite(mut tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    let first = tokens.iter().position(|token| is_significant(&token.token));
    let mut next = None;
    for (index, token) in tokens.iter_mut().enumerate().rev() {
        let is_first = first == Some(index);
        let token = &mut token.token;
        if let Token::Word(word) = token
            && word.quote_style.is_none()
            && is_name(word.keyword, next.as_ref(), is_first)
        {
            let value = word.value.to_lowercase();
            *word = Word { value, quote_style: Some('"'), keyword: Keyword::NoKeyword };
        }
        if is_significant(token) {
            next = Some(token.clone());
        }
    }
    tokens
}

/// Tells whether a keyword is a name where another token follows it.
fn is_name(keyword: Keyword, next: Option<&Token>, is_first: bool) -> bool {
    let is_next =
        |keyword: Keyword| matches!(next, Some(Token::Word(word)) if word.keyword == keyword);
    match keyword {
        Keyword::EXPLAIN => !is_first,
        // PARTITION BY is the beginning of a window.
        Keyword::PARTITION => !is_next(Keyword::BY),
        Keyword::TRIM => next != Some(&Token::LParen),
        // What is refused by its own name stays what it is.
        Keyword::TOP => !matches!(next, Some(Token::Number(..) | Token::LParen)),
        keyword => FOREIGN.contains(&keyword),
    }
}

fn is_significant(token: &Token) -> bool {
    !matches!(token, Token::Whitespace(_) | Token::EOF)
}
