//! `tag_values(tags, key)`.

use super::SEPARATOR;
use crate::functions::argument::Arguments;
use crate::functions::hstore::view;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, ListBuilder, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Tags,
    name: "tag_values",
    syntax: "tag_values(hstore, text) → text[]",
    summary: "Returns the values of a tag as an array, NULL if there is no such tag.",
    examples: &[
        Example { sql: "SELECT tag_values('team=>\"core,shop\"', 'team')", prints: "{core,shop}" },
        Example { sql: "SELECT tag_values('team=>\"\"', 'team')", prints: "{}" },
        Example { sql: "SELECT tag_values('team=>core', 'owner')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text],
        Parameter::TextArray,
        tag_values,
    )]),
};

fn tag_values(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let tags = arguments.hstore(0)?;
    let keys = arguments.text(1)?;
    let view = view(&tags.array)?;
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in 0..arguments.rows() {
        let (tag, key) = (tags.index(row), keys.index(row));
        let value = if keys.array.is_valid(key) {
            view.get(tag, keys.array.value(key)).flatten()
        } else {
            None
        };
        if let Some(value) = value {
            for part in value.split(SEPARATOR).filter(|_| !value.is_empty()) {
                builder.values().append_value(part);
            }
        }
        builder.append(value.is_some());
    }
    Ok(Arc::new(builder.finish()))
}
