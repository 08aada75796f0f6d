//! LIKE, SIMILAR TO and `~`: a text beside a pattern, or beside an array of patterns.

use super::comparison::distinction;
use super::{Operand, operands};
use crate::array_types;
use crate::casts;
use crate::error::DialectError;
use crate::functions;
use crate::text_syntax::{ALL, ANY, SIMILAR_TO};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, Like, lit};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans the operators between texts and patterns with kernels of ours; DataFusion's know other flavours.
#[derive(Debug)]
pub(super) struct TextMatch;

impl ExprPlanner for TextMatch {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let written = match &expr.op {
            BinaryOperator::Custom(name) if distinction(name).is_none() => name.clone(),
            BinaryOperator::PGLikeMatch
            | BinaryOperator::PGNotLikeMatch
            | BinaryOperator::PGILikeMatch
            | BinaryOperator::PGNotILikeMatch
            | BinaryOperator::PGRegexMatch
            | BinaryOperator::PGRegexNotMatch
            | BinaryOperator::PGRegexIMatch
            | BinaryOperator::PGRegexNotIMatch
            | BinaryOperator::PGStartsWith => expr.op.to_string(),
            _ => return Ok(PlannerResult::Original(expr)),
        };
        let (left, right) = operands(&expr, schema)?;
        let many = written.strip_suffix(ANY).map(|operator| (operator, false));
        let many = many.or_else(|| written.strip_suffix(ALL).map(|operator| (operator, true)));
        if let Some((operator, is_all)) = many {
            if !is_text(&left) || !(is_texts(&right) || right.is_open) {
                return Err(unknown(operator, &left, &right));
            }
            let patterns = if right.is_open {
                casts::to_array(expr.right, &array_types::array_of(&DataType::Utf8, 1))?
            } else {
                expr.right
            };
            let arguments = vec![expr.left, patterns, lit(operator), lit(is_all)];
            return Ok(PlannerResult::Planned(functions::call("__match_many", arguments)?));
        }
        if !is_text(&left) || !is_text(&right) {
            let operator = if written == SIMILAR_TO { "~" } else { &written };
            return Err(unknown(operator, &left, &right));
        }
        let (name, is_negated) = match written.as_str() {
            "~~" if is_simple(&left, &expr.right) => {
                return Ok(PlannerResult::Planned(simple_like(expr, false)));
            }
            "!~~" if is_simple(&left, &expr.right) => {
                return Ok(PlannerResult::Planned(simple_like(expr, true)));
            }
            "~~" => ("__like", false),
            "!~~" => ("__like", true),
            "~~*" => ("__ilike", false),
            "!~~*" => ("__ilike", true),
            "^@" => ("starts_with", false),
            "~" | SIMILAR_TO => ("__matches", false),
            "!~" => ("__matches", true),
            "~*" => ("__imatches", false),
            "!~*" => ("__imatches", true),
            _ => return Ok(PlannerResult::Original(expr)),
        };
        let call = functions::call(name, vec![expr.left, expr.right])?;
        Ok(PlannerResult::Planned(if is_negated { Expr::Not(Box::new(call)) } else { call }))
    }
}

fn is_text(operand: &Operand) -> bool {
    operand.is_text() || operand.is_open
}

fn is_texts(operand: &Operand) -> bool {
    matches!(operand.data_type(), DataType::List(item) if matches!(item.data_type(), DataType::Utf8 | DataType::Utf8View | DataType::Null))
}

/// Tells whether DataFusion's LIKE, which skips files and row groups, gives the same.
fn is_simple(text: &Operand, pattern: &Expr) -> bool {
    text.is_text()
        && matches!(pattern, Expr::Literal(ScalarValue::Utf8(Some(pattern)), _) if !pattern.contains('\\'))
}

fn simple_like(expr: RawBinaryExpr, is_negated: bool) -> Expr {
    Expr::Like(Like::new(is_negated, Box::new(expr.left), Box::new(expr.right), None, false))
}

fn unknown(operator: &str, left: &Operand, right: &Operand) -> datafusion::error::DataFusionError {
    DialectError::UnknownOperator {
        left: left.type_name(),
        operator: operator.to_owned(),
        right: right.type_name(),
    }
    .into()
}
