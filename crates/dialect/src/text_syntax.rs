//! What SQL writes with words in texts' functions and operators, as the calls and operators that it stands for.

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, ObjectName, Query, TrimWhereField, UnaryOperator, Value,
    ValueWithSpan, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Span, Token, TokenWithSpan};
use std::ops::ControlFlow;

/// The operator that SIMILAR TO stands for; a statement cannot write it.
pub(crate) const SIMILAR_TO: &str = "SIMILAR TO";
/// What follows an operator that is asked for any item of an array; a statement cannot write it.
pub(crate) const ANY: &str = " ANY";
/// What follows an operator that is asked for all items of an array; a statement cannot write it.
pub(crate) const ALL: &str = " ALL";

/// Rewrites what the parser does not read: `trim(both from x)` and `substring(x SIMILAR p ESCAPE e)`.
pub(crate) fn rewrite_tokens(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    let words: Vec<Mark> = tokens.iter().map(mark).collect();
    let mut rewritten: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    // For each parenthesis that is open, whether it is `substring`'s, and whether it had SIMILAR.
    let mut open = Vec::new();
    // The last three tokens that are no white space, the latest last.
    let mut last = [Mark::Other; 3];
    for (index, mut token) in tokens.into_iter().enumerate() {
        let mark = words[index];
        match mark {
            Mark::Blank => {
                rewritten.push(token);
                continue;
            }
            Mark::Open => open.push((last[2] == Mark::Word(Keyword::SUBSTRING), false)),
            Mark::Close => {
                open.pop();
            }
            Mark::Word(Keyword::FROM) if is_in_trim(last) => continue,
            Mark::Word(Keyword::SIMILAR) => {
                let next = words[index + 1..].iter().find(|next| **next != Mark::Blank);
                if let Some((true, is_similar)) = open.last_mut()
                    && next != Some(&Mark::Word(Keyword::TO))
                {
                    *is_similar = true;
                    token.token = Token::Comma;
                }
            }
            Mark::Word(Keyword::ESCAPE) if open.last() == Some(&(true, true)) => {
                token.token = Token::Comma;
            }
            Mark::Word(_) | Mark::Other => {}
        }
        last = [last[1], last[2], mark];
        rewritten.push(token);
    }
    rewritten
}

/// What a token is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Blank,
    Open,
    Close,
    Word(Keyword),
    Other,
}

fn mark(token: &TokenWithSpan) -> Mark {
    match &token.token {
        Token::Whitespace(_) => Mark::Blank,
        Token::LParen => Mark::Open,
        Token::RParen => Mark::Close,
        Token::Word(word) => Mark::Word(word.keyword),
        _ => Mark::Other,
    }
}

/// Tells whether `trim(`, or `trim(both` and its like, has just been read.
fn is_in_trim(last: [Mark; 3]) -> bool {
    match last {
        [_, Mark::Word(Keyword::TRIM), Mark::Open] => true,
        [Mark::Word(Keyword::TRIM), Mark::Open, Mark::Word(side)] => {
            matches!(side, Keyword::BOTH | Keyword::LEADING | Keyword::TRAILING)
        }
        _ => false,
    }
}

/// Turns LIKE, SIMILAR TO, `trim`, `substring`, `overlay` and `position` into operators and calls.
pub(crate) fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let taken = std::mem::replace(expr, Expr::value(Value::Null));
        *expr = rewritten(taken);
        ControlFlow::Continue(())
    }
}

fn rewritten(expr: Expr) -> Expr {
    match expr {
        Expr::Like { negated, any, expr, pattern, escape_char } => {
            let operator =
                if negated { BinaryOperator::PGNotLikeMatch } else { BinaryOperator::PGLikeMatch };
            like(*expr, operator, any, *pattern, escape_char)
        }
        Expr::ILike { negated, any, expr, pattern, escape_char } => {
            let operator = if negated {
                BinaryOperator::PGNotILikeMatch
            } else {
                BinaryOperator::PGILikeMatch
            };
            like(*expr, operator, any, *pattern, escape_char)
        }
        Expr::SimilarTo { negated, expr, pattern, escape_char } => {
            let mut arguments = vec![*pattern];
            arguments.extend(escape_char.map(Expr::Value));
            let pattern = call("similar_to_escape", arguments);
            let similar = binary(*expr, BinaryOperator::Custom(SIMILAR_TO.to_owned()), pattern);
            if negated {
                let expr = Box::new(Expr::Nested(Box::new(similar)));
                Expr::UnaryOp { op: UnaryOperator::Not, expr }
            } else {
                similar
            }
        }
        Expr::AnyOp { left, compare_op, right, is_some } => match many(&compare_op, ANY) {
            Some(operator) if !matches!(*right, Expr::Subquery(_)) => {
                binary(*left, operator, *right)
            }
            _ => Expr::AnyOp { left, compare_op, right, is_some },
        },
        Expr::AllOp { left, compare_op, right } => match many(&compare_op, ALL) {
            Some(operator) if !matches!(*right, Expr::Subquery(_)) => {
                binary(*left, operator, *right)
            }
            _ => Expr::AllOp { left, compare_op, right },
        },
        Expr::Substring { expr, substring_from, substring_for, shorthand, .. } => {
            let name = if shorthand { "substr" } else { "substring" };
            let mut arguments = vec![*expr];
            match (substring_from, &substring_for) {
                (Some(from), _) => arguments.push(*from),
                (None, Some(_)) => arguments.push(number("1")),
                (None, None) => {}
            }
            arguments.extend(substring_for.map(|length| *length));
            call(name, arguments)
        }
        Expr::Trim { expr, trim_where, trim_what, trim_characters } => {
            let name = match trim_where {
                Some(TrimWhereField::Leading) => "ltrim",
                Some(TrimWhereField::Trailing) => "rtrim",
                Some(TrimWhereField::Both) | None => "btrim",
            };
            let mut arguments = vec![*expr];
            arguments.extend(trim_what.map(|what| *what));
            arguments.extend(trim_characters.into_iter().flatten());
            call(name, arguments)
        }
        Expr::Overlay { expr, overlay_what, overlay_from, overlay_for } => {
            let mut arguments = vec![*expr, *overlay_what, *overlay_from];
            arguments.extend(overlay_for.map(|length| *length));
            call("overlay", arguments)
        }
        Expr::Position { expr, r#in } => call("position", vec![*r#in, *expr]),
        other => other,
    }
}

fn like(
    text: Expr,
    operator: BinaryOperator,
    is_any: bool,
    pattern: Expr,
    escape: Option<ValueWithSpan>,
) -> Expr {
    let (quantifier, pattern) = match pattern {
        Expr::Nested(inner) if is_any => (Some(ANY), *inner),
        pattern if is_any => (Some(ANY), pattern),
        // The parser takes ALL for the name of a function.
        Expr::Function(function) if is_named(&function, "all") => match only_argument(&function) {
            Some(argument) => (Some(ALL), argument),
            None => (None, Expr::Function(function)),
        },
        Expr::Function(function) if is_named(&function, "some") => match only_argument(&function) {
            Some(argument) => (Some(ANY), argument),
            None => (None, Expr::Function(function)),
        },
        pattern => (None, pattern),
    };
    let operator = quantifier.and_then(|which| many(&operator, which)).unwrap_or(operator);
    let pattern = match escape {
        Some(escape) => call("like_escape", vec![pattern, Expr::Value(escape)]),
        None => pattern,
    };
    binary(text, operator, pattern)
}

fn is_named(function: &Function, name: &str) -> bool {
    matches!(function.name.0.as_slice(), [part] if part.as_ident().is_some_and(|ident| ident.quote_style.is_none() && ident.value.eq_ignore_ascii_case(name)))
}

fn only_argument(function: &Function) -> Option<Expr> {
    let FunctionArguments::List(list) = &function.args else { return None };
    match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(argument))] => Some(argument.clone()),
        _ => None,
    }
}

/// Returns the operator for any or all items of an array, of a comparison or an operator on texts.
fn many(operator: &BinaryOperator, which: &str) -> Option<BinaryOperator> {
    let is_known = matches!(
        operator,
        BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq
            | BinaryOperator::PGLikeMatch
            | BinaryOperator::PGNotLikeMatch
            | BinaryOperator::PGILikeMatch
            | BinaryOperator::PGNotILikeMatch
            | BinaryOperator::PGRegexMatch
            | BinaryOperator::PGRegexNotMatch
            | BinaryOperator::PGRegexIMatch
            | BinaryOperator::PGRegexNotIMatch
    );
    is_known.then(|| BinaryOperator::Custom(format!("{operator}{which}")))
}

fn binary(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) }
}

fn number(digits: &str) -> Expr {
    Expr::value(Value::Number(digits.to_owned(), false))
}

fn call(name: &str, arguments: Vec<Expr>) -> Expr {
    let args =
        arguments.into_iter().map(|argument| FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)));
    let list = FunctionArgumentList {
        duplicate_treatment: None,
        args: args.collect(),
        clauses: Vec::new(),
    };
    Expr::Function(Function {
        name: ObjectName::from(vec![Ident::with_span(Span::empty(), name)]),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(list),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    })
}
