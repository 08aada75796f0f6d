//! `json_strip_nulls(json)`.

use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::json::{self, JsonChildren, JsonKind, JsonValue, unescape};
use census_types::{JsonFault, write_json_string};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::StringBuilder;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_strip_nulls",
    syntax: "json_strip_nulls(json) → json",
    summary: "Leaves out the members of objects that are null, and the space between tokens.",
    examples: &[Example {
        sql: "SELECT json_strip_nulls('[{\"f1\": 1, \"f2\": null}, 2, null, 3]')",
        prints: "[{\"f1\":1},2,null,3]",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::Json,
        json_strip_nulls,
    )]),
};

fn json_strip_nulls(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let documents = arguments.json(0)?.array;
    let mut builder = StringBuilder::new();
    for text in &documents {
        let stripped = text.map(strip).transpose().map_err(external)?;
        builder.append_option(stripped);
    }
    Ok(json::of_texts(builder.finish()))
}

/// Walks without recursion: a document may be deep.
fn strip(text: &str) -> Result<String, JsonFault> {
    let mut stripped = String::with_capacity(text.len());
    // What is open: its children, whether it is an object, whether none has been written yet.
    let mut open: Vec<(JsonChildren<'_>, bool, bool)> = Vec::new();
    let mut current = Some(JsonValue::new(text)?);
    loop {
        if let Some(value) = current.take() {
            match value.kind() {
                JsonKind::Object => {
                    stripped.push('{');
                    open.push((value.children(), true, true));
                }
                JsonKind::Array => {
                    stripped.push('[');
                    open.push((value.children(), false, true));
                }
                JsonKind::String => write_json_string(&unescape(value.as_str())?, &mut stripped),
                _ => stripped.push_str(value.as_str()),
            }
        }
        let Some((children, is_object, is_first)) = open.last_mut() else { return Ok(stripped) };
        match children.next().transpose()? {
            None => {
                stripped.push(if *is_object { '}' } else { ']' });
                open.pop();
            }
            Some((_, value)) if *is_object && value.kind() == JsonKind::Null => {}
            Some((key, value)) => {
                if !std::mem::take(is_first) {
                    stripped.push(',');
                }
                if *is_object {
                    write_json_string(&unescape(key)?, &mut stripped);
                    stripped.push(':');
                }
                current = Some(value);
            }
        }
    }
}
