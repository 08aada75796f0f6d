//! `concat_ws(…)`.

use super::printed::Values;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "concat_ws",
    syntax: "concat_ws(text, any, …) → text",
    summary: "Writes all arguments but the first, with the first between them; NULLs are left out.",
    examples: &[Example { sql: "SELECT concat_ws(',', 'a', NULL, 2)", prints: "a,2" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Text, Parameter::Any],
        Parameter::Text,
        concat_ws,
    )
    .followed_by(Parameter::Any)]),
};

fn concat_ws(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let values = Values::of(arguments, 1)?;
    let separators = arguments.text(0)?;
    let writers = values.writers()?;
    rows::texts(arguments.rows(), |row| {
        let Some(separator) = separators.get(row) else { return Ok(None) };
        let mut text = String::new();
        let mut is_first = true;
        for writer in &writers {
            let start = text.len();
            if !is_first {
                text.push_str(separator);
            }
            if writer.write(row, &mut text) {
                is_first = false;
            } else {
                text.truncate(start);
            }
        }
        Ok(Some(text))
    })
}
