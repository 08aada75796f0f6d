//! `slice(hstore, keys)`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::hstore::HstoreBuilder;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "slice",
    syntax: "slice(hstore, text[]) → hstore",
    summary: "Keeps the pairs of some keys.",
    examples: &[
        Example {
            sql: "SELECT slice('a=>1, b=>NULL, c=>3', ARRAY['b','c','x'])",
            prints: "\"b\"=>NULL, \"c\"=>\"3\"",
        },
        Example { sql: "SELECT slice('a=>1', ARRAY[NULL,'a'])", prints: "\"a\"=>\"1\"" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::TextArray],
        Parameter::Hstore,
        slice,
    )]),
};

fn slice(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hstores, lists) = (arguments.hstore(0)?, arguments.text_lists(1)?);
    let view = view(&hstores.array)?;
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (hstore, list) = (hstores.index(row), lists.index(row));
        if view.is_null(hstore) || lists.array.is_null(list) {
            builder.append_null();
        } else {
            let keys = lists.array.items(list).flatten();
            builder.append(keys.filter_map(|key| Some((key, view.get(hstore, key)?))));
        }
    }
    Ok(Arc::new(builder.finish()))
}
