//! `isfinite(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, BooleanArray};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "isfinite",
    syntax: "isfinite(date) → boolean\nisfinite(timestamp) → boolean\nisfinite(interval) → boolean",
    summary: "Is true: no time of DDSQL is infinite.",
    examples: &[
        Example { sql: "SELECT isfinite(TIMESTAMP '2025-01-02')", prints: "t" },
        Example { sql: "SELECT isfinite(NULL::interval)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Timestamp], Parameter::Boolean, isfinite),
        Overload::strict(&[Parameter::Date], Parameter::Boolean, isfinite),
        Overload::strict(&[Parameter::Interval], Parameter::Boolean, isfinite),
    ]),
};

// Kernels may fail; this one does not.
#[allow(clippy::unnecessary_wraps)]
fn isfinite(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(BooleanArray::from(vec![true; arguments.rows()])))
}
