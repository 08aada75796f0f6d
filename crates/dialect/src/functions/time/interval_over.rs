//! `interval / number`.

use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::IntervalMonthDayNanoType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "__interval_over",
    syntax: "",
    summary: "Divides an interval; fractions of months become days, fractions of days time.",
    examples: &[Example { sql: "SELECT INTERVAL '1 day' / 2", prints: "12:00:00" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval, Parameter::DoublePrecision],
        Parameter::Interval,
        interval_over,
    )]),
};

fn interval_over(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (spans, divisors) = (arguments.intervals(0)?, arguments.doubles(1)?);
    primitives::<IntervalMonthDayNanoType, Error>(arguments.rows(), |row| {
        let Some((span, divisor)) = spans.value(row).zip(divisors.value(row)) else {
            return Ok(None);
        };
        if divisor == 0.0 {
            return Err(Error::new(SqlState::DivisionByZero, "division by zero"));
        }
        Ok(Some(Span::from(span).divided_by(divisor)?.to_arrow()?))
    })
}
