//! `text::date`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__date_in",
    syntax: "",
    summary: "Reads a text as date.",
    examples: &[Example { sql: "SELECT '1/8/1999'::date", prints: "1999-01-08" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Date,
        date_in,
    )]),
};

fn date_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(arguments.dates(0)?.array))
}
