//! `json_build_object(…)`.

use super::{compose, misuse, no_key, place};
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_build_object",
    syntax: "json_build_object(VARIADIC any) → json",
    summary: "Makes an object of keys and values in turn.",
    examples: &[
        Example {
            sql: "SELECT json_build_object('foo', 1, 2, true)",
            prints: "{\"foo\" : 1, \"2\" : true}",
        },
        Example { sql: "SELECT json_build_object()", prints: "{}" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::Json,
        json_build_object,
    )
    .followed_by(Parameter::Any)]),
};

fn json_build_object(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    if !arguments.count().is_multiple_of(2) {
        let error = misuse("argument list must have even number of elements").with_hint(
            "The arguments of json_build_object() must consist of alternating keys and values.",
        );
        return Err(external(error));
    }
    compose(arguments, |values, row, text| {
        text.push('{');
        for (index, pair) in values.chunks_exact(2).enumerate() {
            if index > 0 {
                text.push_str(", ");
            }
            let (key, value) = (&pair[0], &pair[1]);
            if key.0.is_null(place(key, row)) {
                let message = format!("argument {} cannot be null", 2 * index + 1);
                return Err(misuse(message).with_hint("Object keys should be text."));
            }
            if key.0.is_structured() {
                return Err(no_key());
            }
            key.0.write_key(place(key, row), text);
            text.push_str(" : ");
            value.0.write(place(value, row), text);
        }
        text.push('}');
        Ok(())
    })
}
