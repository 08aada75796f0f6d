//! `to_timestamp(…)`.

use super::template;
use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::time::MINIMUM_TIMESTAMP;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "to_timestamp",
    syntax: "to_timestamp(text, text) → timestamp\nto_timestamp(double precision) → timestamp",
    summary: "Reads a text by a template, or takes seconds since 1970-01-01 00:00:00 UTC.",
    examples: &[
        Example {
            sql: "SELECT TO_TIMESTAMP('25/12/2025 04:23 pm', 'DD/MM/YYYY HH:MI am')",
            prints: "2025-12-25 16:23:00",
        },
        Example { sql: "SELECT to_timestamp(1752120000.5)", prints: "2025-07-10 04:00:00.5" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Timestamp, of_text),
        Overload::strict(&[Parameter::DoublePrecision], Parameter::Timestamp, of_seconds),
    ]),
};

fn of_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), read(arguments)?)
}

/// Returns what reads the text of a row by its template.
pub(super) fn read(
    arguments: &Arguments<'_>,
) -> Result<impl Fn(usize) -> Result<Option<i64>, Error>> {
    let (texts, templates) = (arguments.text(0)?, arguments.text(1)?);
    let constant = templates.is_constant.then(|| templates.value(0).map(template::parse)).flatten();
    Ok(move |row| {
        let Some((text, written)) = texts.value(row).zip(templates.value(row)) else {
            return Ok(None);
        };
        match &constant {
            Some(pieces) => template::read(pieces, text).map(Some),
            None => template::read(&template::parse(written), text).map(Some),
        }
    })
}

fn of_seconds(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let seconds = arguments.doubles(0)?;
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), |row| {
        seconds.value(row).map(moment).transpose()
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "checked to be in the range of a timestamp"
)]
fn moment(seconds: f64) -> Result<i64, Error> {
    let microseconds = (seconds * 1_000_000.0).round_ties_even();
    if seconds.is_nan() {
        return Err(Error::new(SqlState::DatetimeFieldOverflow, "timestamp cannot be NaN"));
    }
    if !(microseconds >= MINIMUM_TIMESTAMP as f64 && microseconds < i64::MAX as f64) {
        let message = format!("timestamp out of range: \"{seconds}\"");
        return Err(Error::new(SqlState::DatetimeFieldOverflow, message));
    }
    Ok(microseconds as i64)
}
