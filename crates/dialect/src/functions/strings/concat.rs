//! `concat(…)`.

use super::printed::Values;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "concat",
    syntax: "concat(any, …) → text",
    summary: "Writes all arguments one after another; NULLs are left out.",
    examples: &[Example { sql: "SELECT concat('a', NULL, 1, true)", prints: "a1t" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        concat,
    )
    .followed_by(Parameter::Any)]),
};

fn concat(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let values = Values::of(arguments, 0)?;
    let writers = values.writers()?;
    rows::texts(arguments.rows(), |row| {
        let mut text = String::new();
        for writer in &writers {
            writer.write(row, &mut text);
        }
        Ok(Some(text))
    })
}
