//! `has_tag(tags, key, value)`.

use super::SEPARATOR;
use crate::functions::argument::Arguments;
use crate::functions::hstore::view;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, BooleanBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Tags,
    name: "has_tag",
    syntax: "has_tag(hstore, text, text) → boolean",
    summary: "Tells whether one of a tag's values is the given one.",
    examples: &[
        Example { sql: "SELECT has_tag('team=>\"core,shop\"', 'team', 'shop')", prints: "t" },
        Example { sql: "SELECT has_tag('team=>\"core,shop\"', 'team', 'sho')", prints: "f" },
        Example { sql: "SELECT has_tag('team=>core', 'owner', 'core')", prints: "f" },
        Example { sql: "SELECT has_tag(NULL, 'team', 'core')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text, Parameter::Text],
        Parameter::Boolean,
        has_tag,
    )]),
};

fn has_tag(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let tags = arguments.hstore(0)?;
    let (keys, values) = (arguments.text(1)?, arguments.text(2)?);
    let view = view(&tags.array)?;
    let mut builder = BooleanBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (tag, key, value) = (tags.index(row), keys.index(row), values.index(row));
        if view.is_null(tag) || keys.array.is_null(key) || values.array.is_null(value) {
            builder.append_null();
            continue;
        }
        let wanted = values.array.value(value);
        let found = view.get(tag, keys.array.value(key)).flatten();
        builder.append_value(found.is_some_and(|values| {
            // A value that holds commas itself is found whole.
            values == wanted || values.split(SEPARATOR).any(|part| part == wanted)
        }));
    }
    Ok(Arc::new(builder.finish()))
}
