//! `HSTORE '…'` and `INET '…'`: typed literals of types that the parser takes for plain names.

use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan};

/// The types whose names are no keywords of the parser.
const TYPES: [&str; 2] = ["hstore", "inet"];

/// Turns `hstore 'a=>1'` into `CAST('a=>1' AS hstore)`; every new token keeps the place of what it stands for.
pub(crate) fn rewrite(tokens: &[TokenWithSpan]) -> Vec<TokenWithSpan> {
    let mut rewritten = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while index < tokens.len() {
        let token = &tokens[index];
        let literal = index + 1 + blanks(&tokens[index + 1..]);
        if is_type(&token.token)
            && matches!(tokens.get(literal), Some(next) if is_text(&next.token))
        {
            let at_type = |new: Token| TokenWithSpan { token: new, span: token.span };
            rewritten.extend([at_type(Token::make_keyword("CAST")), at_type(Token::LParen)]);
            rewritten.push(tokens[literal].clone());
            rewritten.extend([
                at_type(Token::make_keyword("AS")),
                token.clone(),
                at_type(Token::RParen),
            ]);
            index = literal + 1;
        } else {
            rewritten.push(token.clone());
            index += 1;
        }
    }
    rewritten
}

fn blanks(tokens: &[TokenWithSpan]) -> usize {
    tokens.iter().take_while(|token| matches!(token.token, Token::Whitespace(_))).count()
}

fn is_type(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.quote_style.is_none() && TYPES.iter().any(|name| name.eq_ignore_ascii_case(&word.value)))
}

fn is_text(token: &Token) -> bool {
    matches!(token, Token::SingleQuotedString(_) | Token::EscapedStringLiteral(_))
}
