//! `numeric::bigint`.

use super::bigint_of_float8::rounded;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__bigint_of_numeric",
    syntax: "",
    summary: "Rounds a DECIMAL to the nearest bigint, halves away from zero.",
    examples: &[
        Example { sql: "SELECT 2.5::bigint", prints: "3" },
        Example { sql: "SELECT (-2.5)::bigint", prints: "-3" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::Bigint,
        bigint_of_numeric,
    )]),
};

fn bigint_of_numeric(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rounded(arguments, f64::round)
}
