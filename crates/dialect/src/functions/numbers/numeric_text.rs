//! `to_char(…)` of numbers.

use super::template::{self, Printable};
use crate::functions::argument::{Arguments, external};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

/// Prints bigints by a template.
pub(in crate::functions) fn of_bigints(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    printed(arguments, |row| numbers.value(row).map(Printable::Bigint))
}

/// Prints DECIMALs by a template.
pub(in crate::functions) fn of_numerics(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.doubles(0)?;
    printed(arguments, |row| numbers.value(row).map(Printable::Numeric))
}

/// Prints numbers of double precision by a template.
pub(super) fn of_doubles(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.doubles(0)?;
    printed(arguments, |row| numbers.value(row).map(Printable::Float8))
}

fn printed(
    arguments: &Arguments<'_>,
    value: impl Fn(usize) -> Option<Printable>,
) -> Result<ArrayRef> {
    let templates = arguments.text(1)?;
    // A template that is the same for all rows is cut once.
    let constant = templates.is_constant.then(|| templates.get(0)).flatten();
    let constant = constant.map(template::parse).transpose().map_err(external)?;
    rows::texts(arguments.rows(), |row| {
        let Some((value, text)) = value(row).zip(templates.get(row)) else { return Ok(None) };
        let printed = match &constant {
            Some(parsed) => template::print(parsed, value),
            None => template::parse(text).and_then(|parsed| template::print(&parsed, value)),
        };
        printed.map(Some).map_err(external)
    })
}
