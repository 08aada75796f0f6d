//! `width_bucket(…)`.

use super::thresholds;
use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use datafusion::error::DataFusionError;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "width_bucket",
    syntax: "width_bucket(double precision, double precision, double precision, bigint) → bigint\nwidth_bucket(anyelement, anyarray) → bigint",
    summary: "Returns into which of so many equal parts between two bounds a number falls, or between which sorted thresholds a value lies; 2201G for bounds that have no parts.",
    examples: &[
        Example { sql: "SELECT width_bucket(5.35, 0.024, 10.06, 5)", prints: "3" },
        Example { sql: "SELECT width_bucket(35, ARRAY[10, 20, 50])", prints: "2" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[
                Parameter::DoublePrecision,
                Parameter::DoublePrecision,
                Parameter::DoublePrecision,
                Parameter::Bigint,
            ],
            Parameter::Bigint,
            of_equal_width,
        ),
        Overload::strict(
            &[Parameter::Any, Parameter::AnyArray],
            Parameter::Bigint,
            thresholds::width_bucket,
        ),
    ]),
};

fn of_equal_width(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (numbers, lows) = (arguments.doubles(0)?, arguments.doubles(1)?);
    let (highs, counts) = (arguments.doubles(2)?, arguments.bigints(3)?);
    rows::bigints(arguments.rows(), |row| {
        let bounds = numbers.value(row).zip(lows.value(row)).zip(highs.value(row));
        let Some((((number, low), high), count)) = bounds.zip(counts.value(row)) else {
            return Ok(None);
        };
        bucket(number, low, high, count).map(Some)
    })
}

fn bucket(number: f64, low: f64, high: f64, count: i64) -> Result<i64> {
    if count <= 0 {
        return Err(invalid("count must be greater than zero"));
    }
    if number.is_nan() || low.is_nan() || high.is_nan() {
        return Err(invalid("operand, lower bound, and upper bound cannot be NaN"));
    }
    if low.is_infinite() || high.is_infinite() {
        return Err(invalid("lower and upper bounds must be finite"));
    }
    #[allow(clippy::float_cmp)]
    if low == high {
        return Err(invalid("lower bound cannot equal upper bound"));
    }
    // Bounds that go down count from the upper one.
    let (is_before, is_after) =
        if low < high { (number < low, number >= high) } else { (number > low, number <= high) };
    if is_before {
        return Ok(0);
    }
    if is_after {
        return count.checked_add(1).ok_or_else(super::bigints::out_of_range);
    }
    // Halves, because the distance of two doubles may be none.
    let part = (number / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
    // Parts are counted in doubles, as in PostgreSQL; a number below the upper bound is in one of them.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    let whole = (count as f64 * part) as i64;
    Ok(whole.min(count - 1) + 1)
}

fn invalid(message: &str) -> DataFusionError {
    external(Error::new(SqlState::InvalidArgumentForWidthBucketFunction, message))
}
