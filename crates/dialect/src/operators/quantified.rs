//! `value = ANY (array)`, `value < ALL (array)` and the like; patterns are matched elsewhere.

use super::{Operand, decide, operands};
use crate::array_types;
use crate::casts;
use crate::error::DialectError;
use crate::functions;
use crate::text_syntax::{ALL, ANY};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, ExprSchemable, cast, lit};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// The comparisons that there are for any and for all items.
const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

/// Plans comparisons with the items of an array.
#[derive(Debug)]
pub(super) struct Quantified;

impl ExprPlanner for Quantified {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let BinaryOperator::Custom(written) = &expr.op else {
            return Ok(PlannerResult::Original(expr));
        };
        let many = written.strip_suffix(ANY).map(|operator| (operator, false));
        let many = many.or_else(|| written.strip_suffix(ALL).map(|operator| (operator, true)));
        let Some((operator, is_all)) = many else {
            return Ok(PlannerResult::Original(expr));
        };
        let operator = operator.to_owned();
        let (left, right) = operands(&expr, schema)?;
        if !right.is_array() && !right.is_open {
            return Err(DialectError::NoArrayOnRight.into());
        }
        if !COMPARISONS.contains(&operator.as_str()) {
            return Ok(PlannerResult::Original(expr));
        }
        let item = match (right.is_open, left.is_open) {
            (true, true) => DataType::Utf8,
            (true, false) => left.data_type().clone(),
            _ => array_types::item(right.data_type()).clone(),
        };
        let array = array_types::array_of(&item, 1);
        let array = if right.is_open { casts::to_array(expr.right, &array)? } else { expr.right };
        let value = if left.is_open {
            decide(expr.left, &Field::new("", item.clone(), true))
        } else {
            expr.left
        };
        let shared =
            shared(&left, &item, &operator).ok_or_else(|| DialectError::UnknownOperator {
                left: left.type_name(),
                operator: operator.clone(),
                right: array_types::name(&item),
            })?;
        if let Some(list) = as_list(&value, &array, &shared, &operator, is_all, schema)? {
            return Ok(PlannerResult::Planned(list));
        }
        let value = if left.is_open || *left.data_type() == shared {
            value
        } else {
            cast(value, shared.clone())
        };
        let array = if item == shared {
            array
        } else {
            casts::to_array(array, &array_types::array_of(&shared, 1))?
        };
        let arguments = vec![value, array, lit(operator), lit(is_all)];
        Ok(PlannerResult::Planned(functions::call("__quantified", arguments)?))
    }
}

/// Returns the type that value and items are compared in; `None` where they are not compared.
fn shared(left: &Operand, item: &DataType, operator: &str) -> Option<DataType> {
    let is_hstore = census_types::hstore::is_hstore_type(item);
    if is_hstore && !["=", "<>"].contains(&operator) {
        return None;
    }
    if left.is_open {
        return Some(item.clone());
    }
    if left.is_array() {
        return None;
    }
    array_types::common([left.data_type(), item]).ok().flatten()
}

/// Returns `value IN (…)` where an array that is written out is asked for a value, which files are searched by.
fn as_list(
    value: &Expr,
    array: &Expr,
    shared: &DataType,
    operator: &str,
    is_all: bool,
    schema: &DFSchema,
) -> Result<Option<Expr>> {
    let is_in = match (operator, is_all) {
        ("=", false) => true,
        ("<>", true) => false,
        _ => return Ok(None),
    };
    let Expr::ScalarFunction(made) = array else { return Ok(None) };
    if made.name() != "__array" || !functions::are_equal_as_they_are(shared) {
        return Ok(None);
    }
    for item in made.args.iter().chain([value]) {
        let given = item.get_type(schema)?;
        if given != *shared && !given.is_null() {
            return Ok(None);
        }
    }
    let list = InList::new(Box::new(value.clone()), made.args.clone(), !is_in);
    Ok(Some(Expr::InList(list)))
}
