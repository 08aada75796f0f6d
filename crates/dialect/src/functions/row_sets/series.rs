//! The list that `generate_series` gives the items of.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::timezone::Tz;
use datafusion::arrow::array::{
    Array, ArrayBuilder, ArrayRef, Int64Builder, ListBuilder, TimestampMicrosecondBuilder,
};
use datafusion::arrow::datatypes::{IntervalMonthDayNano, TimestampMicrosecondType};
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use std::sync::Arc;

/// How many values the series of one batch may have: they are all there before the first is read.
pub(crate) const MAXIMUM_VALUES: usize = 20_000_000;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__series",
    syntax: "",
    summary: "Returns the values from one to another as an array.",
    examples: &[
        Example {
            sql: "SELECT string_agg(n::text, ',') FROM generate_series(1, 3) AS n",
            prints: "1,2,3",
        },
        Example { sql: "SELECT count(*) FROM generate_series(3, 1)", prints: "0" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint, Parameter::Bigint], Parameter::BigintArray, bigints),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Bigint, Parameter::Bigint],
            Parameter::BigintArray,
            bigints,
        ),
        Overload::strict(
            &[Parameter::Timestamp, Parameter::Timestamp, Parameter::Interval],
            Parameter::TimestampArray,
            timestamps,
        ),
    ]),
};

fn bigints(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (starts, stops) = (arguments.bigints(0)?, arguments.bigints(1)?);
    let steps = if arguments.count() == 3 { Some(arguments.bigints(2)?) } else { None };
    let mut builder = ListBuilder::new(Int64Builder::new());
    for row in 0..arguments.rows() {
        let (start, stop) = (starts.index(row), stops.index(row));
        let step = steps.as_ref().map(|steps| (steps, steps.index(row)));
        let is_null = starts.array.is_null(start)
            || stops.array.is_null(stop)
            || step.is_some_and(|(steps, step)| steps.array.is_null(step));
        if is_null {
            builder.append_null();
            continue;
        }
        let (start, stop) = (starts.array.value(start), stops.array.value(stop));
        let step = step.map_or(1, |(steps, step)| steps.array.value(step));
        if step == 0 {
            return Err(zero_step());
        }
        let mut next = Some(start);
        while let Some(value) = next.filter(|value| is_within(*value, stop, step > 0)) {
            if builder.values().len() >= MAXIMUM_VALUES {
                return Err(too_many());
            }
            builder.values().append_value(value);
            next = value.checked_add(step);
        }
        builder.append(true);
    }
    Ok(Arc::new(builder.finish()))
}

fn is_within<T: PartialOrd + Copy>(value: T, stop: T, rises: bool) -> bool {
    if rises { value <= stop } else { value >= stop }
}

fn timestamps(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (starts, stops) = (arguments.timestamps(0)?, arguments.timestamps(1)?);
    let steps = arguments.intervals(2)?;
    let zone: Tz = "+00:00".parse()?;
    let mut builder = ListBuilder::new(TimestampMicrosecondBuilder::new());
    for row in 0..arguments.rows() {
        let (Some(start), Some(stop), Some(step)) =
            (starts.value(row), stops.value(row), steps.value(row))
        else {
            builder.append_null();
            continue;
        };
        let rises = match length(step) {
            0 => return Err(zero_step()),
            length => length > 0,
        };
        let mut next = Some(start);
        while let Some(value) = next.filter(|value| is_within(*value, stop, rises)) {
            if builder.values().len() >= MAXIMUM_VALUES {
                return Err(too_many());
            }
            builder.values().append_value(value);
            next = TimestampMicrosecondType::add_month_day_nano(value, step, zone);
        }
        builder.append(true);
    }
    Ok(Arc::new(builder.finish()))
}

/// Returns how long an interval is where months have 30 days: its sign is the direction of the series.
fn length(step: IntervalMonthDayNano) -> i128 {
    let days = i128::from(step.months) * 30 + i128::from(step.days);
    days * 86_400_000_000_000 + i128::from(step.nanoseconds)
}

fn zero_step() -> DataFusionError {
    external(Error::new(SqlState::InvalidParameterValue, "step size cannot equal zero"))
}

fn too_many() -> DataFusionError {
    external(
        Error::new(SqlState::OutOfMemory, "out of memory")
            .with_detail(format!("A series may have {MAXIMUM_VALUES} values.")),
    )
}
