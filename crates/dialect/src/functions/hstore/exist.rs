//! `exist(hstore, key)`.

use crate::functions::argument::Arguments;
use crate::functions::hstore::get::Entries;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, BooleanBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "exist",
    syntax: "exist(hstore, text) → boolean",
    summary: "Tells whether the hstore has a key, whatever its value.",
    examples: &[
        Example { sql: "SELECT exist(hstore 'a=>NULL', 'a')", prints: "t" },
        Example { sql: "SELECT exist('a=>1', 'b')", prints: "f" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text],
        Parameter::Boolean,
        exist,
    )]),
};

pub(super) fn exist(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?;
    let keys = arguments.text(1)?;
    let entries = Entries::of(&hstores.array);
    let mut builder = BooleanBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (hstore, key) = (hstores.index(row), keys.index(row));
        if hstores.array.is_null(hstore) || keys.array.is_null(key) {
            builder.append_null();
        } else {
            builder.append_value(entries.find(hstore, keys.array.value(key).as_bytes()).is_some());
        }
    }
    Ok(Arc::new(builder.finish()))
}
