//! `text::timestamp`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__timestamp_in",
    syntax: "",
    summary: "Reads a text as timestamp; an offset is applied.",
    examples: &[
        Example {
            sql: "SELECT '2025-07-10 00:00:00-04'::timestamp",
            prints: "2025-07-10 04:00:00",
        },
        Example { sql: "SELECT TIMESTAMP 'Jan 2 2025 3:04 pm'", prints: "2025-01-02 15:04:00" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Timestamp,
        timestamp_in,
    )]),
};

fn timestamp_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(arguments.timestamps(0)?.array))
}
