//! `hstore -> text[]`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, ListBuilder, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "__hstore_get_many",
    syntax: "",
    summary: "Returns the values of some keys, NULL for those that are not there; the operator -> of hstore with an array.",
    examples: &[Example {
        sql: "SELECT hstore 'a=>1, b=>2' -> ARRAY['b','x','a',NULL]",
        prints: "{2,NULL,1,NULL}",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::TextArray],
        Parameter::TextArray,
        get_many,
    )]),
};

fn get_many(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hstores, lists) = (arguments.hstore(0)?, arguments.text_lists(1)?);
    let view = view(&hstores.array)?;
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in 0..arguments.rows() {
        let (hstore, list) = (hstores.index(row), lists.index(row));
        let is_valid = !view.is_null(hstore) && !lists.array.is_null(list);
        if is_valid {
            for key in lists.array.items(list) {
                builder.values().append_option(key.and_then(|key| view.get(hstore, key).flatten()));
            }
        }
        builder.append(is_valid);
    }
    Ok(Arc::new(builder.finish()))
}
