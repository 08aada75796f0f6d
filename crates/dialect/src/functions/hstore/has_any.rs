//! `hstore ?| text[]`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, BooleanBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "__hstore_has_any",
    syntax: "",
    summary: "Tells whether the hstore has one of some keys, NULLs among them left out; the operator ?|.",
    examples: &[
        Example { sql: "SELECT hstore 'a=>1' ?| ARRAY['b','a']", prints: "t" },
        Example { sql: "SELECT hstore 'a=>1' ?| ARRAY[NULL,'b']", prints: "f" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::TextArray],
        Parameter::Boolean,
        has_any,
    )]),
};

fn has_any(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hstores, lists) = (arguments.hstore(0)?, arguments.text_lists(1)?);
    let view = view(&hstores.array)?;
    let mut builder = BooleanBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (hstore, list) = (hstores.index(row), lists.index(row));
        if view.is_null(hstore) || lists.array.is_null(list) {
            builder.append_null();
        } else {
            let mut keys = lists.array.items(list).flatten();
            builder.append_value(keys.any(|key| view.get(hstore, key).is_some()));
        }
    }
    Ok(Arc::new(builder.finish()))
}
