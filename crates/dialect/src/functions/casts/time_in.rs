//! `text::time`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__time_in",
    syntax: "",
    summary: "Reads a text as time of day.",
    examples: &[Example { sql: "SELECT '4:05 pm'::time", prints: "16:05:00" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Time,
        time_in,
    )]),
};

fn time_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(arguments.times(0)?.array))
}
