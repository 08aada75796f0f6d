//! `json_object_agg(any, any)`, which gathers two arrays first.

use super::json_agg::range;
use super::{misused, no_key};
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::{JsonDatum, json};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::{Array, AsArray, StringBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_object_agg",
    syntax: "",
    summary: "Makes an object of keys and values that were gathered.",
    examples: &[Example {
        sql: "SELECT json_object_agg(k, v) FROM (VALUES ('a', 1), ('b', NULL)) t(k, v)",
        prints: "{ \"a\" : 1, \"b\" : null }",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::AnyArray],
        Parameter::Json,
        json_object_agg,
    )]),
};

fn json_object_agg(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (keys, values) = (arguments.any(0)?.array, arguments.any(1)?.array);
    let (keys, values) = (keys.as_list::<i32>(), values.as_list::<i32>());
    let (DataType::List(key), DataType::List(value)) = (keys.data_type(), values.data_type())
    else {
        return Err(misused("not an array"));
    };
    let names = JsonDatum::new(key, keys.values().as_ref()).map_err(external)?;
    let items = JsonDatum::new(value, values.values().as_ref()).map_err(external)?;
    let mut builder = StringBuilder::new();
    for row in 0..keys.len().min(values.len()) {
        if keys.is_null(row) || values.is_null(row) {
            builder.append_null();
            continue;
        }
        let mut text = String::from("{ ");
        for (index, (name, item)) in range(keys, row).zip(range(values, row)).enumerate() {
            if index > 0 {
                text.push_str(", ");
            }
            if names.is_null(name) {
                return Err(misused("field name must not be null"));
            }
            if names.is_structured() {
                return Err(external(no_key()));
            }
            names.write_key(name, &mut text);
            text.push_str(" : ");
            items.write(item, &mut text);
        }
        text.push_str(" }");
        builder.append_value(text);
    }
    Ok(json::of_texts(builder.finish()))
}
