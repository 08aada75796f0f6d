//! `value = ANY (array)` and `value = ALL (array)`.

use super::items::{comparator, values_of};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::common::Result;
use std::cmp::Ordering;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__quantified",
    syntax: "",
    summary: "Tells whether a comparison holds for any item of an array, or for all.",
    examples: &[
        Example { sql: "SELECT 2 = ANY (ARRAY[1, 2])", prints: "t" },
        Example { sql: "SELECT 3 = ANY (ARRAY[1, NULL])", prints: "NULL" },
        Example { sql: "SELECT 3 <> ALL (ARRAY[1, 2])", prints: "t" },
        Example { sql: "SELECT 1 = ALL (ARRAY[]::bigint[])", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any, Parameter::AnyArray, Parameter::Text, Parameter::Boolean],
        Parameter::Boolean,
        quantified,
    )]),
};

fn quantified(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.lists(1)?;
    let items = &lists.array.items;
    let values = values_of(arguments, 0, items.data_type())?;
    let (operators, quantifiers) = (arguments.text(2)?, arguments.booleans(3)?);
    let compare = comparator(&values.array, items)?;
    rows::booleans(arguments.rows(), |row| {
        let (Some(list), Some(operator), Some(is_all)) =
            (lists.row(row), operators.get(row), quantifiers.get(row))
        else {
            return Ok(None);
        };
        let range = lists.array.range(list);
        let value = values.index(row);
        if range.is_empty() {
            return Ok(Some(is_all));
        }
        if values.array.is_null(value) {
            return Ok(None);
        }
        // One item may decide; NULLs leave it open.
        let mut answer = Some(is_all);
        for item in range {
            if items.is_null(item) {
                answer = None;
            } else if holds(operator, compare(value, item)) != is_all {
                return Ok(Some(!is_all));
            }
        }
        Ok(answer)
    })
}

fn holds(operator: &str, order: Ordering) -> bool {
    match operator {
        "=" => order.is_eq(),
        "<>" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    }
}
