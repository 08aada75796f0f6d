//! `to_char(…)`.

use super::template::{self, TimeFields};
use super::values::texts;
use crate::functions::argument::Arguments;
use crate::functions::numbers::numeric_text;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::Error;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "to_char",
    syntax: "to_char(timestamp, text) → text\nto_char(interval, text) → text\nto_char(bigint, text) → text\nto_char(numeric, text) → text",
    summary: "Prints a timestamp or interval by a template of patterns such as YYYY, MM, DD, HH24, MI, SS and MS, and a number by patterns such as 9, 0, D, G, S and FM.",
    examples: &[
        Example {
            sql: "SELECT to_char(TIMESTAMP '2025-07-05 16:07:08.123', 'YYYY-MM-DD HH24:MI:SS.MS')",
            prints: "2025-07-05 16:07:08.123",
        },
        Example {
            sql: "SELECT to_char(TIMESTAMP '2025-07-05 16:07:08', 'FMDay, FMDDth FMMonth YYYY, HH12:MI am')",
            prints: "Saturday, 5th July 2025, 04:07 pm",
        },
        Example { sql: "SELECT to_char(TIMESTAMP '2025-07-05', 'TZ OF')", prints: "UTC +00" },
        Example { sql: "SELECT to_char(INTERVAL '15h 2m 12s', 'HH24:MI:SS')", prints: "15:02:12" },
        Example { sql: "SELECT to_char(-1234.5, 'FM9,999.00')", prints: "-1,234.50" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Timestamp, Parameter::Text], Parameter::Text, of_timestamp),
        Overload::strict(&[Parameter::Interval, Parameter::Text], Parameter::Text, of_interval),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Text],
            Parameter::Text,
            numeric_text::of_bigints,
        ),
        Overload::strict(
            &[Parameter::DoublePrecision, Parameter::Text],
            Parameter::Text,
            numeric_text::of_numerics,
        ),
    ]),
};

fn of_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let timestamps = arguments.timestamps(0)?;
    printed(arguments, |row| timestamps.value(row).map(TimeFields::of_timestamp))
}

fn of_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let spans = arguments.intervals(0)?;
    printed(arguments, |row| spans.value(row).map(|span| TimeFields::of_interval(span.into())))
}

fn printed(
    arguments: &Arguments<'_>,
    fields: impl Fn(usize) -> Option<TimeFields>,
) -> Result<ArrayRef> {
    let templates = arguments.text(1)?;
    // A template that is the same for all rows is cut once.
    let constant = templates.is_constant.then(|| templates.value(0).map(template::parse)).flatten();
    texts::<Error>(arguments.rows(), |row| {
        let Some((fields, text)) = fields(row).zip(templates.value(row)) else {
            return Ok(None);
        };
        if text.is_empty() {
            return Ok(None);
        }
        match &constant {
            Some(pieces) => template::print(pieces, &fields).map(Some),
            None => template::print(&template::parse(text), &fields).map(Some),
        }
    })
}
