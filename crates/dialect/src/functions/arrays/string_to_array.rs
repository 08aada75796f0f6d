//! `string_to_array(text, text)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, ListBuilder, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "string_to_array",
    syntax: "string_to_array(text, text) → text[]\nstring_to_array(text, text, text) → text[]",
    summary: "Cuts a text at another one, into characters where that is NULL; parts that are the third argument become NULL.",
    examples: &[
        Example { sql: "SELECT string_to_array('xx~~yy~~zz', '~~', 'yy')", prints: "{xx,NULL,zz}" },
        Example { sql: "SELECT string_to_array('abc', NULL)", prints: "{a,b,c}" },
        Example { sql: "SELECT string_to_array('a,b', '')", prints: "{\"a,b\"}" },
        Example { sql: "SELECT string_to_array('', ',')", prints: "{}" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::lenient(
            &[Parameter::Text, Parameter::Text],
            Parameter::TextArray,
            string_to_array,
        ),
        Overload::lenient(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::TextArray,
            string_to_array,
        ),
    ]),
};

fn string_to_array(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (texts, separators) = (arguments.text(0)?, arguments.text(1)?);
    let nulls = if arguments.count() > 2 { Some(arguments.text(2)?) } else { None };
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in 0..arguments.rows() {
        let Some(text) = texts.get(row) else {
            builder.append(false);
            continue;
        };
        let null = nulls.as_ref().and_then(|nulls| nulls.get(row));
        let mut push = |part: &str| {
            builder.values().append_option((Some(part) != null).then_some(part));
        };
        match separators.get(row) {
            _ if text.is_empty() => {}
            None => {
                let mut character = [0; 4];
                text.chars().for_each(|next| push(next.encode_utf8(&mut character)));
            }
            Some("") => push(text),
            Some(separator) => text.split(separator).for_each(push),
        }
        builder.append(true);
    }
    Ok(Arc::new(builder.finish()))
}
