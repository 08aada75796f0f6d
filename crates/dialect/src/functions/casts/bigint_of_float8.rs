//! `double precision::bigint`.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, AsArray, Int64Array};
use datafusion::arrow::datatypes::Float64Type;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__bigint_of_float8",
    syntax: "",
    summary: "Rounds a floating-point number to the nearest bigint, halves to the even one.",
    examples: &[
        Example { sql: "SELECT 2.5::float8::bigint", prints: "2" },
        Example { sql: "SELECT 3.5::float8::bigint", prints: "4" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::Bigint,
        bigint_of_float8,
    )]),
};

fn bigint_of_float8(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rounded(arguments, f64::round_ties_even)
}

/// Rounds by a rule; a number that is no bigint afterwards is out of range (22003).
pub(super) fn rounded(arguments: &Arguments<'_>, round: fn(f64) -> f64) -> Result<ArrayRef> {
    /// 2^63, the first number above all bigints; its negative is the least of them.
    const END: f64 = 9_223_372_036_854_775_808.0;
    let numbers = arguments.any(0)?.array;
    let values =
        numbers.as_primitive::<Float64Type>().iter().map(|number| match number.map(round) {
            // What is in range loses nothing, having been rounded.
            #[allow(clippy::cast_possible_truncation)]
            Some(whole) if (-END..END).contains(&whole) => Ok(Some(whole as i64)),
            Some(_) => {
                Err(external(Error::new(SqlState::NumericValueOutOfRange, "bigint out of range")))
            }
            None => Ok(None),
        });
    Ok(Arc::new(values.collect::<Result<Int64Array>>()?))
}
