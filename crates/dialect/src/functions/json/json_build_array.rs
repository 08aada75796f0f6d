//! `json_build_array(…)`.

use super::{compose, place};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_build_array",
    syntax: "json_build_array(VARIADIC any) → json",
    summary: "Makes an array of the arguments.",
    examples: &[
        Example {
            sql: "SELECT json_build_array(1, 2, 'foo', 4, 5)",
            prints: "[1, 2, \"foo\", 4, 5]",
        },
        Example { sql: "SELECT json_build_array()", prints: "[]" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::Json,
        json_build_array,
    )
    .followed_by(Parameter::Any)]),
};

fn json_build_array(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    compose(arguments, |values, row, text| {
        text.push('[');
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                text.push_str(", ");
            }
            value.0.write(place(value, row), text);
        }
        text.push(']');
        Ok(())
    })
}
