//! `date_part(…)`.

use super::parts;
use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::Error;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Float64Type;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "date_part",
    syntax: "date_part(text, timestamp) → double precision\ndate_part(text, date) → double precision\ndate_part(text, time) → double precision\ndate_part(text, interval) → double precision",
    summary: "Returns a field of a timestamp, date, time or interval as a number; dow counts from 1 (Monday) to 7 (Sunday).",
    examples: &[
        Example { sql: "SELECT date_part('week', TIMESTAMP '2025-01-01')", prints: "1" },
        Example { sql: "SELECT date_part('days', INTERVAL '5 days 3 hours')", prints: "5" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Text, Parameter::Timestamp],
            Parameter::DoublePrecision,
            of_timestamp,
        ),
        Overload::strict(&[Parameter::Text, Parameter::Date], Parameter::DoublePrecision, of_date),
        Overload::strict(&[Parameter::Text, Parameter::Time], Parameter::DoublePrecision, of_time),
        Overload::strict(
            &[Parameter::Text, Parameter::Interval],
            Parameter::DoublePrecision,
            of_interval,
        ),
    ]),
};

fn of_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (fields, timestamps) = (arguments.text(0)?, arguments.timestamps(1)?);
    primitives::<Float64Type, Error>(arguments.rows(), |row| {
        let values = fields.value(row).zip(timestamps.value(row));
        values.map(|(field, timestamp)| parts::of_timestamp(field, timestamp)).transpose()
    })
}

fn of_date(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (fields, dates) = (arguments.text(0)?, arguments.timestamps(1)?);
    primitives::<Float64Type, Error>(arguments.rows(), |row| {
        let values = fields.value(row).zip(dates.value(row));
        values.map(|(field, midnight)| parts::of_timestamp(field, midnight)).transpose()
    })
}

fn of_time(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (fields, times) = (arguments.text(0)?, arguments.times(1)?);
    primitives::<Float64Type, Error>(arguments.rows(), |row| {
        let values = fields.value(row).zip(times.value(row));
        values.map(|(field, time)| parts::of_time(field, time)).transpose()
    })
}

fn of_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (fields, spans) = (arguments.text(0)?, arguments.intervals(1)?);
    primitives::<Float64Type, Error>(arguments.rows(), |row| {
        let values = fields.value(row).zip(spans.value(row));
        values.map(|(field, span)| parts::of_interval(field, span.into())).transpose()
    })
}
