//! The text that hstores are sorted by.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::hstore::Entry;
use datafusion::arrow::array::{ArrayRef, StringBuilder};
use datafusion::common::Result;
use std::fmt::Write;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "__hstore_sort_key",
    syntax: "",
    summary: "Returns a text whose order among texts is the order of the hstore among hstores.",
    examples: &[Example {
        sql: "SELECT string_agg(h::text, ' ' ORDER BY h) FROM (VALUES (hstore 'b=>1'), (hstore 'a=>2'), (hstore 'a=>\"\"')) t(h)",
        prints: "\"a\"=>\"\" \"a\"=>\"2\" \"b\"=>\"1\"",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore],
        Parameter::Text,
        sort_key,
    )]),
};

fn sort_key(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let array = arguments.hstore(0)?.array;
    let hstores = view(&array)?;
    let mut builder = StringBuilder::with_capacity(hstores.len(), hstores.len() * 64);
    let mut key = String::new();
    for row in 0..hstores.len() {
        if hstores.is_null(row) {
            builder.append_null();
            continue;
        }
        key.clear();
        write_key(&hstores.canonical(row), &mut key);
        builder.append_value(&key);
    }
    Ok(Arc::new(builder.finish()))
}

/// Writes what `hstore_cmp` compares, in its order: all keys and values strung together, the number of pairs, and
/// where each part ends; the empty hstore comes before all others.
fn write_key(entries: &[Entry<'_>], key: &mut String) {
    if entries.is_empty() {
        return;
    }
    for (name, value) in entries {
        key.push_str(name);
        key.push_str(value.unwrap_or_default());
    }
    // No text of PostgreSQL holds this character, so that a text comes before those that it begins.
    let _ = write!(key, "\0{:08x}", entries.len());
    let mut end = 0;
    for (name, value) in entries {
        end += name.len();
        let _ = write!(key, "{end:08x}0");
        end += value.unwrap_or_default().len();
        let _ = write!(key, "{end:08x}{}", u8::from(value.is_none()));
    }
}
