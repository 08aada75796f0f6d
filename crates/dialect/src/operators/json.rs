//! `-> ->> #> #>>` of json.

use super::{Operand, operands, unknown};
use crate::functions;
use census_error::{Error, SqlState};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;
use std::sync::Arc;

/// Plans the operators that look into json.
#[derive(Debug)]
pub(super) struct Json;

impl ExprPlanner for Json {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let (member, element, path) = match expr.op {
            BinaryOperator::Arrow => ("__json_member", "__json_element", ""),
            BinaryOperator::LongArrow => ("__json_member_text", "__json_element_text", ""),
            BinaryOperator::HashArrow => ("", "", "__json_path"),
            BinaryOperator::HashLongArrow => ("", "", "__json_path_text"),
            _ => return Ok(PlannerResult::Original(expr)),
        };
        let (left, right) = operands(&expr, schema)?;
        let is_text = right.is_text() || right.is_open;
        let (name, step) = match right.data_type() {
            _ if !left.is_json() => return Err(unknown(&expr, &left, &right).into()),
            _ if is_text && !member.is_empty() => (member, expr.right),
            _ if right.is_open => (path, path_of(&expr.right)?),
            DataType::Int64 if !element.is_empty() => (element, expr.right),
            _ if is_path(&right) && !path.is_empty() => (path, expr.right),
            _ => return Err(unknown(&expr, &left, &right).into()),
        };
        Ok(PlannerResult::Planned(functions::call(name, vec![expr.left, step])?))
    }
}

fn is_path(operand: &Operand) -> bool {
    matches!(operand.data_type(), DataType::List(item) if matches!(item.data_type(), DataType::Utf8 | DataType::Null))
}

/// Returns a literal as an array of texts.
///
/// # Errors
/// 22P02 for one that is no array of one dimension.
fn path_of(literal: &Expr) -> Result<Expr> {
    let Expr::Literal(ScalarValue::Utf8(Some(text)), _) = literal else {
        let item = Field::new_list_field(DataType::Utf8, true);
        let null = ScalarValue::try_from(&DataType::List(Arc::new(item)))?;
        return Ok(Expr::Literal(null, None));
    };
    let Some(steps) = steps(text) else {
        let message = format!("malformed array literal: \"{text}\"");
        let error = Error::new(SqlState::InvalidTextRepresentation, message)
            .with_detail("A path is an array of keys and places: {a,0,b}.");
        return Err(functions::external(error));
    };
    let steps: Vec<ScalarValue> = steps.into_iter().map(ScalarValue::Utf8).collect();
    let list = ScalarValue::new_list_nullable(&steps, &DataType::Utf8);
    Ok(Expr::Literal(ScalarValue::List(list), None))
}

/// Reads `{a,"b c",NULL}`; anything else than an array of one dimension is `None`.
fn steps(text: &str) -> Option<Vec<Option<String>>> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut steps = Vec::new();
    if inner.trim().is_empty() {
        return Some(steps);
    }
    let mut characters = inner.chars().peekable();
    loop {
        while characters.next_if(char::is_ascii_whitespace).is_some() {}
        let mut step = String::new();
        let is_quoted = characters.next_if_eq(&'"').is_some();
        let mut is_plain = !is_quoted;
        loop {
            match characters.peek() {
                None if is_quoted => return None,
                None | Some(',') if !is_quoted => break,
                Some('"') if is_quoted => {
                    characters.next();
                    while characters.next_if(char::is_ascii_whitespace).is_some() {}
                    break;
                }
                Some('"' | '{' | '}') if !is_quoted => return None,
                _ => {}
            }
            let mut character = characters.next()?;
            if character == '\\' {
                is_plain = false;
                character = characters.next()?;
            }
            step.push(character);
        }
        if !is_quoted {
            step.truncate(step.trim_end().len());
            if step.is_empty() {
                return None;
            }
        }
        let is_null = is_plain && step.eq_ignore_ascii_case("null");
        steps.push((!is_null).then_some(step));
        match characters.next() {
            None => return Some(steps),
            Some(',') => {}
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn paths_read_as_arrays_of_text() {
        let read = |text: &str| {
            let steps = steps(text)?.into_iter();
            Some(steps.map(|step| step.unwrap_or_else(|| "∅".to_owned())).collect::<Vec<_>>())
        };
        assert_eq!(read("{a, b c ,1}"), Some(vec!["a".into(), "b c".into(), "1".into()]));
        assert_eq!(
            read(r#"{"a,b","\"", NULL,"NULL"}"#),
            Some(vec!["a,b".into(), "\"".into(), "∅".into(), "NULL".into()])
        );
        assert_eq!(read("{}"), Some(vec![]));
        for text in ["a", "{a", "{a,}", "{{a}}", "{\"a}", "{\"a\"b}"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
