//! `hstore @> hstore`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, BooleanBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "__hstore_contains",
    syntax: "",
    summary: "Tells whether the left hstore has all pairs of the right one; the operators @> and <@.",
    examples: &[
        Example { sql: "SELECT hstore 'a=>1, b=>2' @> 'b=>2'", prints: "t" },
        Example { sql: "SELECT hstore 'a=>1' @> 'a=>NULL'", prints: "f" },
        Example { sql: "SELECT hstore 'a=>NULL' <@ 'a=>NULL, b=>1'", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Hstore],
        Parameter::Boolean,
        contains,
    )]),
};

fn contains(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (wholes, parts) = (arguments.hstore(0)?, arguments.hstore(1)?);
    let (whole_view, part_view) = (view(&wholes.array)?, view(&parts.array)?);
    let mut builder = BooleanBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (whole, part) = (wholes.index(row), parts.index(row));
        if whole_view.is_null(whole) || part_view.is_null(part) {
            builder.append_null();
        } else {
            let mut pairs = part_view.entries(part);
            builder
                .append_value(pairs.all(|(key, value)| whole_view.get(whole, key) == Some(value)));
        }
    }
    Ok(Arc::new(builder.finish()))
}
