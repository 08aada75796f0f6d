//! `hstore_to_matrix(hstore)`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, ListBuilder, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "hstore_to_matrix",
    syntax: "hstore_to_matrix(hstore) → text[][]",
    summary: "Returns an array of pairs of key and value.",
    examples: &[
        Example { sql: "SELECT hstore_to_matrix('a=>1, b=>NULL')", prints: "{{a,1},{b,NULL}}" },
        Example { sql: "SELECT hstore_to_matrix('')", prints: "{}" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore],
        Parameter::TextMatrix,
        hstore_to_matrix,
    )]),
};

fn hstore_to_matrix(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?;
    let view = view(&hstores.array)?;
    let mut builder = ListBuilder::new(ListBuilder::new(StringBuilder::new()));
    for row in 0..arguments.rows() {
        let hstore = hstores.index(row);
        for (key, value) in view.entries(hstore) {
            let pair = builder.values();
            pair.values().append_value(key);
            pair.values().append_option(value);
            pair.append(true);
        }
        builder.append(!view.is_null(hstore));
    }
    Ok(Arc::new(builder.finish()))
}
