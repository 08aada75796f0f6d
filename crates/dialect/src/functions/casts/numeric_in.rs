//! `text::numeric`.

use super::float8_in;
use crate::functions::argument::{Arguments, external};
use crate::functions::numbers::doubles::unsigned_zero;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, Float64Array};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__numeric_in",
    syntax: "",
    summary: "Reads a text as DECIMAL, whose zero has no sign.",
    examples: &[
        Example { sql: "SELECT ' 1.5e3 '::numeric", prints: "1500" },
        Example { sql: "SELECT '-0'::numeric", prints: "0" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::DoublePrecision,
        numeric_in,
    )]),
};

fn numeric_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?.array;
    let read = |text| float8_in::read(text).map(unsigned_zero).map_err(external);
    let values = texts.iter().map(|text| text.map(read).transpose());
    Ok(Arc::new(values.collect::<Result<Float64Array>>()?))
}
