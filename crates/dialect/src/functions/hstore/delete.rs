//! `delete(hstore, key)`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::hstore::{Entry, HstoreBuilder};
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::common::Result;
use std::collections::HashSet;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "delete",
    syntax: "delete(hstore, text) → hstore\ndelete(hstore, text[]) → hstore\ndelete(hstore, hstore) → hstore",
    summary: "Takes away the pair of a key, the pairs of some keys, or the pairs that another hstore has too; the operator -.",
    examples: &[
        Example { sql: "SELECT delete('a=>1, b=>2', 'a')", prints: "\"b\"=>\"2\"" },
        Example { sql: "SELECT hstore 'a=>1, b=>2' - ARRAY['a','c',NULL]", prints: "\"b\"=>\"2\"" },
        Example {
            sql: "SELECT hstore 'a=>1, b=>2' - 'a=>1, b=>3'::hstore",
            prints: "\"b\"=>\"2\"",
        },
        Example { sql: "SELECT hstore 'a=>1, b=>2' - 'b'", prints: "\"a\"=>\"1\"" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Hstore, Parameter::Text], Parameter::Hstore, delete_key),
        Overload::strict(
            &[Parameter::Hstore, Parameter::TextArray],
            Parameter::Hstore,
            delete_keys,
        ),
        Overload::strict(&[Parameter::Hstore, Parameter::Hstore], Parameter::Hstore, delete_pairs),
    ]),
};

fn delete_key(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hstores, keys) = (arguments.hstore(0)?, arguments.text(1)?);
    let view = view(&hstores.array)?;
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (hstore, key) = (hstores.index(row), keys.index(row));
        if view.is_null(hstore) || keys.array.is_null(key) {
            builder.append_null();
        } else {
            let gone = keys.array.value(key);
            builder.append(view.entries(hstore).filter(|(name, _)| *name != gone));
        }
    }
    Ok(Arc::new(builder.finish()))
}

fn delete_keys(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hstores, lists) = (arguments.hstore(0)?, arguments.text_lists(1)?);
    let view = view(&hstores.array)?;
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (hstore, list) = (hstores.index(row), lists.index(row));
        if view.is_null(hstore) || lists.array.is_null(list) {
            builder.append_null();
        } else {
            let gone: HashSet<&str> = lists.array.items(list).flatten().collect();
            builder.append(view.entries(hstore).filter(|(name, _)| !gone.contains(name)));
        }
    }
    Ok(Arc::new(builder.finish()))
}

fn delete_pairs(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hstores, others) = (arguments.hstore(0)?, arguments.hstore(1)?);
    let (left_view, right_view) = (view(&hstores.array)?, view(&others.array)?);
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (hstore, other) = (hstores.index(row), others.index(row));
        if left_view.is_null(hstore) || right_view.is_null(other) {
            builder.append_null();
        } else {
            let stays = |(name, value): &Entry<'_>| right_view.get(other, name) != Some(*value);
            builder.append(left_view.entries(hstore).filter(stays));
        }
    }
    Ok(Arc::new(builder.finish()))
}
