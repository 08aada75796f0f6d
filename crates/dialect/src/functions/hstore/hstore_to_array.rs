//! `hstore_to_array(hstore)`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, ListBuilder, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "hstore_to_array",
    syntax: "hstore_to_array(hstore) → text[]",
    summary: "Returns keys and values in turn.",
    examples: &[
        Example { sql: "SELECT hstore_to_array('a=>1, b=>NULL')", prints: "{a,1,b,NULL}" },
        Example { sql: "SELECT hstore_to_array('')", prints: "{}" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore],
        Parameter::TextArray,
        hstore_to_array,
    )]),
};

fn hstore_to_array(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?;
    let view = view(&hstores.array)?;
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in 0..arguments.rows() {
        let hstore = hstores.index(row);
        for (key, value) in view.entries(hstore) {
            builder.values().append_value(key);
            builder.values().append_option(value);
        }
        builder.append(!view.is_null(hstore));
    }
    Ok(Arc::new(builder.finish()))
}
