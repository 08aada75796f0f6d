//! `(start, end) OVERLAPS (start, end)`: whether two periods have a time in common.

use crate::functions::argument::{Argument, Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::timezone::Tz;
use datafusion::arrow::array::{ArrayRef, BooleanArray, PrimitiveArray, TimestampMicrosecondArray};
use datafusion::arrow::datatypes::{
    DataType, IntervalMonthDayNanoType, Time64MicrosecondType, TimestampMicrosecondType,
};
use datafusion::common::Result;
use std::sync::Arc;

const INSTANT: Parameter = Parameter::Timestamp;
const LENGTH: Parameter = Parameter::Interval;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "overlaps",
    syntax: "(timestamp, timestamp) OVERLAPS (timestamp, timestamp) → boolean\n(timestamp, interval) OVERLAPS (timestamp, interval) → boolean\n(time, time) OVERLAPS (time, time) → boolean",
    summary: "Tells whether two periods, of which the end is no part, have a time in common.",
    examples: &[
        Example {
            sql: "SELECT (DATE '2001-02-16', DATE '2001-12-21') OVERLAPS (DATE '2001-10-30', DATE '2002-10-30')",
            prints: "t",
        },
        Example {
            sql: "SELECT (DATE '2001-02-16', INTERVAL '100 days') OVERLAPS (DATE '2001-10-30', DATE '2002-10-30')",
            prints: "f",
        },
        Example {
            sql: "SELECT (TIME '08:00', TIME '09:00') OVERLAPS (TIME '09:00', TIME '10:00')",
            prints: "f",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::lenient(&[INSTANT, INSTANT, INSTANT, INSTANT], Parameter::Boolean, timestamps),
        Overload::lenient(&[INSTANT, LENGTH, INSTANT, LENGTH], Parameter::Boolean, timestamps),
        Overload::lenient(&[INSTANT, LENGTH, INSTANT, INSTANT], Parameter::Boolean, timestamps),
        Overload::lenient(&[INSTANT, INSTANT, INSTANT, LENGTH], Parameter::Boolean, timestamps),
        Overload::lenient(
            &[Parameter::Time, Parameter::Time, Parameter::Time, Parameter::Time],
            Parameter::Boolean,
            times,
        ),
    ]),
};

fn timestamps(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let first = (arguments.timestamps(0)?, ends(arguments, 1)?);
    let second = (arguments.timestamps(2)?, ends(arguments, 3)?);
    let rows = (0..arguments.rows()).map(|row| {
        let start = first.0.value(row);
        let other_start = second.0.value(row);
        let end = first.1.of(start, row)?;
        let other_end = second.1.of(other_start, row)?;
        Ok(have_common(start, end, other_start, other_end))
    });
    Ok(Arc::new(rows.collect::<Result<BooleanArray>>()?))
}

fn times(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let [a, b, c, d] = [0, 1, 2, 3].map(|index| arguments.times(index));
    let (a, b, c, d) = (a?, b?, c?, d?);
    let value =
        |times: &Argument<PrimitiveArray<Time64MicrosecondType>>, row: usize| times.value(row);
    let rows = (0..arguments.rows())
        .map(|row| have_common(value(&a, row), value(&b, row), value(&c, row), value(&d, row)));
    Ok(Arc::new(rows.collect::<BooleanArray>()))
}

/// How a period says when it ends.
enum Ends {
    At(Argument<TimestampMicrosecondArray>),
    After(Argument<PrimitiveArray<IntervalMonthDayNanoType>>),
}

fn ends(arguments: &Arguments<'_>, index: usize) -> Result<Ends> {
    match arguments.field(index).data_type() {
        DataType::Interval(_) => Ok(Ends::After(arguments.intervals(index)?)),
        _ => Ok(Ends::At(arguments.timestamps(index)?)),
    }
}

impl Ends {
    fn of(&self, start: Option<i64>, row: usize) -> Result<Option<i64>> {
        let lengths = match self {
            Self::At(ends) => return Ok(ends.value(row)),
            Self::After(lengths) => lengths,
        };
        let (Some(start), Some(length)) = (start, lengths.value(row)) else { return Ok(None) };
        let zone: Tz = "+00:00".parse()?;
        let end = TimestampMicrosecondType::add_month_day_nano(start, length, zone);
        let out_of_range = || {
            let message = "timestamp out of range";
            external(Error::new(SqlState::DatetimeFieldOverflow, message))
        };
        end.ok_or_else(out_of_range).map(Some)
    }
}

/// Tells whether two periods have a time in common, as the SQL standard defines it: the earlier of the two times of
/// each is its start, and what one of them decides needs no other.
fn have_common(
    start: Option<i64>,
    end: Option<i64>,
    other_start: Option<i64>,
    other_end: Option<i64>,
) -> Option<bool> {
    let (start, end) = in_order(start, end)?;
    let (other_start, other_end) = in_order(other_start, other_end)?;
    let (earlier_end, later_start, later_end) = match start.cmp(&other_start) {
        std::cmp::Ordering::Greater => (other_end, start, end),
        std::cmp::Ordering::Less => (end, other_start, other_end),
        // Both have the time that they start at, unless an end is unknown.
        std::cmp::Ordering::Equal => return end.and(other_end).map(|_| true),
    };
    if later_start < earlier_end? {
        return Some(true);
    }
    later_end.map(|_| false)
}

/// Returns the times of a period, the known or earlier one first; `None` where none is known.
fn in_order(start: Option<i64>, end: Option<i64>) -> Option<(i64, Option<i64>)> {
    match (start, end) {
        (Some(start), Some(end)) => Some((start.min(end), Some(start.max(end)))),
        (Some(only), None) | (None, Some(only)) => Some((only, None)),
        (None, None) => None,
    }
}
