//! `array_to_json(any[])`.

use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::json::{self, JsonValue};
use census_types::{JsonDatum, JsonFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::{Array, StringBuilder};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "array_to_json",
    syntax: "array_to_json(any[]) → json\narray_to_json(any[], pretty boolean) → json",
    summary: "Writes an array as JSON, if asked for with a line an element.",
    examples: &[Example {
        sql: "SELECT array_to_json(ARRAY[[1, 5], [99, 100]])",
        prints: "[[1,5],[99,100]]",
    }],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::AnyArray], Parameter::Json, super::to_json::to_json),
        Overload::strict(
            &[Parameter::AnyArray, Parameter::Boolean],
            Parameter::Json,
            array_to_json,
        ),
    ]),
};

fn array_to_json(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lists, pretty) = (arguments.any(0)?, arguments.booleans(1)?);
    let whole = JsonDatum::new(arguments.field(0), lists.array.as_ref()).map_err(external)?;
    let mut builder = StringBuilder::new();
    let mut text = String::new();
    for row in 0..arguments.rows() {
        let (list, flag) = (lists.index(row), pretty.index(row));
        if whole.is_null(list) || pretty.array.is_null(flag) {
            builder.append_null();
            continue;
        }
        text.clear();
        whole.write(list, &mut text);
        if pretty.array.value(flag) {
            let value = JsonValue::new(&text).map_err(external)?;
            let elements = value.children().map(|child| Ok(child?.1.as_str()));
            let elements = elements.collect::<Result<Vec<_>, JsonFault>>().map_err(external)?;
            builder.append_value(format!("[{}]", elements.join(",\n ")));
        } else {
            builder.append_value(&text);
        }
    }
    Ok(json::of_texts(builder.finish()))
}
