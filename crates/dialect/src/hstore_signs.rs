//! `%% hstore` and `%# hstore`: operators before their operand that the parser does not know.

use crate::row_functions::call;
use crate::tag_tokens::expects_operand;
use datafusion::sql::sqlparser::ast::{Expr, Query, UnaryOperator, Value, VisitMut, VisitorMut};
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan};
use std::ops::ControlFlow;

/// Writes them as two operators of geometry, which make no sense together.
pub(crate) fn rewrite_tokens(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    let mut rewritten: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let sign = match &token.token {
            Token::CustomBinaryOperator(sign) if sign == "%%" => Some(Token::QuestionPipe),
            Token::CustomBinaryOperator(sign) if sign == "%#" => Some(Token::QuestionMarkDash),
            _ => None,
        };
        let before =
            rewritten.iter().rev().find(|token| !matches!(token.token, Token::Whitespace(_)));
        match sign {
            Some(sign) if expects_operand(before) => {
                let at_sign = |new| TokenWithSpan { token: new, span: token.span };
                rewritten.extend([at_sign(sign), at_sign(Token::AtDashAt)]);
            }
            _ => rewritten.push(token),
        }
    }
    rewritten
}

/// Turns these pairs of operators into the functions that PostgreSQL has for the signs.
pub fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let Expr::UnaryOp { op, expr: inner } = expr else {
            return ControlFlow::Continue(());
        };
        let function = match op {
            UnaryOperator::QuestionPipe => "hstore_to_array",
            UnaryOperator::QuestionDash => "hstore_to_matrix",
            _ => return ControlFlow::Continue(()),
        };
        if let Expr::UnaryOp { op: UnaryOperator::AtDashAt, expr: operand } = inner.as_mut() {
            let operand = std::mem::replace(operand.as_mut(), Expr::value(Value::Null));
            *expr = call(function, vec![operand]);
        }
        ControlFlow::Continue(())
    }
}
