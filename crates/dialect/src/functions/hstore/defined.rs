//! `defined(hstore, key)`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, BooleanBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "defined",
    syntax: "defined(hstore, text) → boolean",
    summary: "Tells whether the hstore has a key whose value is not NULL.",
    examples: &[
        Example { sql: "SELECT defined('a=>NULL', 'a')", prints: "f" },
        Example { sql: "SELECT defined('a=>1', 'a')", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text],
        Parameter::Boolean,
        defined,
    )]),
};

pub(super) fn defined(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hstores, keys) = (arguments.hstore(0)?, arguments.text(1)?);
    let view = view(&hstores.array)?;
    let mut builder = BooleanBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (hstore, key) = (hstores.index(row), keys.index(row));
        if view.is_null(hstore) || keys.array.is_null(key) {
            builder.append_null();
        } else {
            builder.append_value(view.get(hstore, keys.array.value(key)).flatten().is_some());
        }
    }
    Ok(Arc::new(builder.finish()))
}
