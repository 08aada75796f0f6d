//! `time::interval`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::time::values::intervals;
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__interval_of_time",
    syntax: "",
    summary: "Returns the interval since midnight.",
    examples: &[Example { sql: "SELECT TIME '03:04:05'::interval", prints: "03:04:05" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Time],
        Parameter::Interval,
        interval_of_time,
    )]),
};

fn interval_of_time(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let times = arguments.times(0)?;
    intervals(arguments.rows(), |row| {
        Ok(times.value(row).map(|microseconds| Span { microseconds, ..Span::default() }))
    })
}
