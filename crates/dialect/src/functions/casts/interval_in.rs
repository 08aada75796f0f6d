//! `text::interval`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__interval_in",
    syntax: "",
    summary: "Reads a text as interval.",
    examples: &[
        Example { sql: "SELECT '1 day 2:03:04 ago'::interval", prints: "-1 days -02:03:04" },
        Example {
            sql: "SELECT INTERVAL 'P1Y2M3DT4H5M6S'",
            prints: "1 year 2 mons 3 days 04:05:06",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Interval,
        interval_in,
    )]),
};

fn interval_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(arguments.intervals(0)?.array))
}
