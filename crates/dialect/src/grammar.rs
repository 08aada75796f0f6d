//! The parser's dialect of PostgreSQL, with the precedences and forms of expressions in which it is another grammar.

use datafusion::sql::sqlparser::ast::{BinaryOperator, Expr, UnaryOperator, Value};
use datafusion::sql::sqlparser::dialect::{Dialect, PostgreSqlDialect, Precedence};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::Token;
use std::any::TypeId;

/// Reads what PostgreSQL's grammar has and the parser's own dialect reads otherwise, or not at all:
///
/// - `-` and `+` before an operand bind more tightly than `^`;
/// - `@`, `|/`, `||/` and `~` reach as far as operators of their own bind;
/// - `IS DISTINCT FROM` takes no more than an operand of `AND`;
/// - `~`, `~~` and their like bind as other operators do, more tightly than comparisons;
/// - comparisons do not follow one another (`1 < 2 < 3`);
/// - `BETWEEN SYMMETRIC`, `COLLATE` after a cast, and `(VALUES …)` as an operand.
#[derive(Debug, Default)]
pub(crate) struct Grammar(PostgreSqlDialect);

/// What precedes an operator that has its operand on its right alone; a statement cannot write it.
pub(crate) const PREFIX: &str = "PREFIX ";

/// How tightly COLLATE binds: what is before an operand binds more tightly.
const COLLATE_PRECEDENCE: u8 = 120;

/// Hands on what the dialect of PostgreSQL answers otherwise than any dialect.
macro_rules! as_postgresql {
    ($($name:ident,)*) => {
        $(fn $name(&self) -> bool {
            self.0.$name()
        })*
    };
}

impl Dialect for Grammar {
    fn dialect(&self) -> TypeId {
        self.0.dialect()
    }

    fn identifier_quote_style(&self, identifier: &str) -> Option<char> {
        self.0.identifier_quote_style(identifier)
    }

    fn is_delimited_identifier_start(&self, character: char) -> bool {
        self.0.is_delimited_identifier_start(character)
    }

    fn is_identifier_start(&self, character: char) -> bool {
        self.0.is_identifier_start(character)
    }

    fn is_identifier_part(&self, character: char) -> bool {
        self.0.is_identifier_part(character)
    }

    fn is_reserved_for_identifier(&self, keyword: Keyword) -> bool {
        self.0.is_reserved_for_identifier(keyword)
    }

    fn is_custom_operator_part(&self, character: char) -> bool {
        self.0.is_custom_operator_part(character)
    }

    fn prec_value(&self, precedence: Precedence) -> u8 {
        self.0.prec_value(precedence)
    }

    as_postgresql! {
        allow_extract_custom,
        allow_extract_single_quotes,
        supports_array_typedef_with_brackets,
        supports_bitwise_shift_operators,
        supports_comma_separated_trim,
        supports_comment_on,
        supports_comment_optimizer_hint,
        supports_create_index_with_clause,
        supports_create_table_like_parenthesized,
        supports_empty_projections,
        supports_explain_with_utility_options,
        supports_factorial_operator,
        supports_filter_during_aggregation,
        supports_geometric_types,
        supports_group_by_expr,
        supports_insert_table_alias,
        supports_interval_options,
        supports_listen_notify,
        supports_load_extension,
        supports_named_fn_args_with_colon_operator,
        supports_named_fn_args_with_expr_name,
        supports_nested_comments,
        supports_notnull_operator,
        supports_numeric_literal_underscores,
        supports_select_wildcard_with_alias,
        supports_set_names,
        supports_string_escape_constant,
        supports_unicode_string_literal,
        supports_xml_expressions,
    }

    fn get_next_precedence(&self, parser: &Parser) -> Option<Result<u8, ParserError>> {
        match parser.peek_token_ref().token {
            Token::Tilde
            | Token::TildeAsterisk
            | Token::ExclamationMarkTilde
            | Token::ExclamationMarkTildeAsterisk
            | Token::DoubleTilde
            | Token::DoubleTildeAsterisk
            | Token::ExclamationMarkDoubleTilde
            | Token::ExclamationMarkDoubleTildeAsterisk => {
                Some(Ok(self.prec_value(Precedence::PgOther)))
            }
            _ => self.0.get_next_precedence(parser),
        }
    }

    fn parse_prefix(&self, parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
        let op = match parser.peek_token_ref().token {
            Token::Minus => UnaryOperator::Minus,
            Token::Plus => UnaryOperator::Plus,
            Token::AtSign => return Some(self.prefixed("@", parser)),
            Token::PGSquareRoot => return Some(self.prefixed("|/", parser)),
            Token::PGCubeRoot => return Some(self.prefixed("||/", parser)),
            Token::Tilde => return Some(self.prefixed("~", parser)),
            Token::LParen => return values(parser),
            _ => return None,
        };
        parser.advance_token();
        let operand = parser.parse_subexpr(COLLATE_PRECEDENCE);
        Some(operand.map(|expr| Expr::UnaryOp { op, expr: Box::new(expr) }))
    }

    fn parse_infix(
        &self,
        parser: &mut Parser,
        left: &Expr,
        _precedence: u8,
    ) -> Option<Result<Expr, ParserError>> {
        let token = parser.peek_token_ref();
        let keyword = match &token.token {
            Token::Word(word) => word.keyword,
            Token::Eq | Token::Neq | Token::Lt | Token::LtEq | Token::Gt | Token::GtEq => {
                let follows = matches!(left, Expr::BinaryOp { op, .. } if is_comparison(op));
                return follows.then(|| parser.expected_ref("no further comparison", token));
            }
            _ => return None,
        };
        match keyword {
            Keyword::IS => {
                let is_negated =
                    if parser.parse_keywords(&[Keyword::IS, Keyword::DISTINCT, Keyword::FROM]) {
                        false
                    } else if parser.parse_keywords(&[
                        Keyword::IS,
                        Keyword::NOT,
                        Keyword::DISTINCT,
                        Keyword::FROM,
                    ]) {
                        true
                    } else {
                        return None;
                    };
                let right = parser.parse_subexpr(self.prec_value(Precedence::Is));
                let left = Box::new(left.clone());
                Some(right.map(|right| {
                    if is_negated {
                        Expr::IsNotDistinctFrom(left, Box::new(right))
                    } else {
                        Expr::IsDistinctFrom(left, Box::new(right))
                    }
                }))
            }
            Keyword::COLLATE => {
                parser.advance_token();
                let collation = parser.parse_object_name(false);
                Some(
                    collation
                        .map(|collation| Expr::Collate { expr: Box::new(left.clone()), collation }),
                )
            }
            Keyword::BETWEEN | Keyword::NOT => {
                let mut words = vec![Keyword::BETWEEN];
                if keyword == Keyword::NOT {
                    words.insert(0, Keyword::NOT);
                }
                let symmetric = [words.as_slice(), &[Keyword::SYMMETRIC]].concat();
                let asymmetric = [words.as_slice(), &[Keyword::ASYMMETRIC]].concat();
                let negated = keyword == Keyword::NOT;
                if parser.parse_keywords(&symmetric) {
                    let between = parser.parse_between(left.clone(), negated);
                    Some(between.map(|between| in_either_order(between, negated)))
                } else if parser.parse_keywords(&asymmetric) {
                    Some(parser.parse_between(left.clone(), negated))
                } else {
                    None
                }
            }
            _ => None,
        }
    }
}

impl Grammar {
    /// Reads an operator and its operand as the right one of two, because the planner has operators of its own for
    /// two operands alone.
    fn prefixed(&self, operator: &str, parser: &mut Parser) -> Result<Expr, ParserError> {
        parser.advance_token();
        let operand = parser.parse_subexpr(self.prec_value(Precedence::PgOther))?;
        Ok(Expr::BinaryOp {
            left: Box::new(Expr::value(Value::Null)),
            op: BinaryOperator::Custom(format!("{PREFIX}{operator}")),
            right: Box::new(operand),
        })
    }
}

/// Reads `(VALUES …)` where an operand may stand.
fn values(parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
    let is_values = matches!(
        &parser.peek_nth_token_ref(1).token,
        Token::Word(word) if word.keyword == Keyword::VALUES && word.quote_style.is_none()
    );
    if !is_values {
        return None;
    }
    parser.advance_token();
    let query = parser.parse_query().and_then(|query| {
        parser.expect_token(&Token::RParen)?;
        Ok(Expr::Subquery(query))
    });
    Some(query)
}

fn is_comparison(operator: &BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq
    )
}

/// Returns `BETWEEN SYMMETRIC`: between the bounds, or between them exchanged.
fn in_either_order(between: Expr, negated: bool) -> Expr {
    let Expr::Between { expr, low, high, .. } = between else { return between };
    let exchanged =
        Expr::Between { expr: expr.clone(), negated, low: high.clone(), high: low.clone() };
    let given = Expr::Between { expr, negated, low, high };
    let op = if negated { BinaryOperator::And } else { BinaryOperator::Or };
    Expr::Nested(Box::new(Expr::BinaryOp { left: Box::new(given), op, right: Box::new(exchanged) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let expr = Parser::new(&Grammar::default()).try_with_sql(text).unwrap().parse_expr();
        match expr {
            Ok(expr) => shown(&expr),
            Err(error) => error.to_string(),
        }
    }

    /// Writes every operation in brackets.
    fn shown(expr: &Expr) -> String {
        match expr {
            Expr::BinaryOp { left, op, right } => {
                format!("[{} {op} {}]", shown(left), shown(right))
            }
            Expr::UnaryOp { op, expr } => format!("[{op} {}]", shown(expr)),
            Expr::IsDistinctFrom(left, right) => {
                format!("[{} <=> {}]", shown(left), shown(right))
            }
            Expr::Nested(inner) => format!("({})", shown(inner)),
            other => other.to_string(),
        }
    }

    #[test]
    fn operators_bind_as_in_postgresql() {
        assert_eq!(read("- 2 ^ 2"), "[[- 2] ^ 2]");
        assert_eq!(read("1 + ~ 5 + 3 & 2"), "[[1 + [NULL PREFIX ~ [5 + 3]]] & 2]");
        assert_eq!(read("2 * @ -5 ^ 2"), "[2 * [NULL PREFIX @ [[- 5] ^ 2]]]");
        assert_eq!(read("- x::text"), "[- x::TEXT]");
        assert_eq!(read("2 - -1 * 3"), "[2 - [[- 1] * 3]]");
        assert_eq!(read("a IS DISTINCT FROM b AND c"), "[[a <=> b] AND c]");
        assert_eq!(read("NOT a IS DISTINCT FROM b = c OR d"), "[[NOT [a <=> [b = c]]] OR d]");
        assert_eq!(read("a ~ 'x' || 'y'"), "[[a ~ 'x'] || 'y']");
        assert_eq!(read("a ~ b = c"), "[[a ~ b] = c]");
        assert_eq!(read("x::text COLLATE \"C\" < y"), "[x::TEXT COLLATE \"C\" < y]");
        assert_eq!(
            read("a BETWEEN SYMMETRIC 1 AND 2 AND b"),
            "[([a BETWEEN 1 AND 2 OR a BETWEEN 2 AND 1]) AND b]"
        );
    }

    #[test]
    fn comparisons_do_not_follow_one_another() {
        assert!(read("1 < 2 = true").contains("found: ="));
        assert_eq!(read("(1 < 2) = true"), "[([1 < 2]) = true]");
    }
}
