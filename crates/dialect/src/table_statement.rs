//! `TABLE name`, which is short for `SELECT * FROM name`.

use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan};

/// Writes such queries out; every new token keeps the place of what it stands for.
pub(crate) fn rewrite(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    let mut rewritten: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    // The last two tokens that are no white space, the latest last.
    let mut last: [Option<Token>; 2] = [None, None];
    for token in tokens {
        if matches!(token.token, Token::Whitespace(_)) {
            rewritten.push(token);
            continue;
        }
        if is_keyword(&token.token, Keyword::TABLE) && begins_query(&last) {
            let words = [Token::make_keyword("SELECT"), Token::Mul, Token::make_keyword("FROM")];
            rewritten.extend(words.map(|word| TokenWithSpan { token: word, span: token.span }));
        } else {
            rewritten.push(token.clone());
        }
        last = [last[1].take(), Some(token.token)];
    }
    rewritten
}

fn is_keyword(token: &Token, keyword: Keyword) -> bool {
    matches!(token, Token::Word(word) if word.quote_style.is_none() && word.keyword == keyword)
}

/// Tells whether a query may begin after these tokens.
fn begins_query(last: &[Option<Token>; 2]) -> bool {
    let is_word = |token: &Option<Token>, words: &[Keyword]| {
        token.as_ref().is_some_and(|token| words.iter().any(|word| is_keyword(token, *word)))
    };
    match last {
        [_, None | Some(Token::LParen | Token::RParen)] => true,
        [before, after] => {
            is_word(after, &[Keyword::UNION, Keyword::INTERSECT, Keyword::EXCEPT])
                || is_word(after, &[Keyword::EXPLAIN, Keyword::ANALYZE, Keyword::VERBOSE])
                || is_word(after, &[Keyword::AS])
                || (is_word(after, &[Keyword::ALL, Keyword::DISTINCT])
                    && is_word(before, &[Keyword::UNION, Keyword::INTERSECT, Keyword::EXCEPT]))
        }
    }
}
