//! `extract(field FROM value)`.

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
    name: "extract",
    syntax: "extract(field from timestamp) → double precision\nextract(field from date) → double precision\nextract(field from time) → double precision\nextract(field from interval) → double precision",
    summary: "Returns a field of a timestamp, date, time or interval as a number; dow counts from 1 (Monday) to 7 (Sunday).",
    examples: &[
        Example { sql: "SELECT extract(hour FROM TIMESTAMP '2025-07-10 12:34:56')", prints: "12" },
        Example { sql: "SELECT extract(dow FROM TIMESTAMP '2025-07-13')", prints: "7" },
        Example {
            sql: "SELECT extract(second FROM INTERVAL '1 minute 2.5 seconds')",
            prints: "2.5",
        },
        Example { sql: "SELECT extract(epoch FROM TIMESTAMP '1970-01-02')", prints: "86400" },
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
        values.map(|(field, midnight)| parts::of_date(field, midnight)).transpose()
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
