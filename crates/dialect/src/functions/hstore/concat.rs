//! `hstore || hstore`.

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
    name: "__hstore_concat",
    syntax: "",
    summary: "Puts two hstores together; where both have a key, the right one counts; the operator ||.",
    examples: &[
        Example {
            sql: "SELECT hstore 'a=>1, b=>2' || 'b=>3, c=>4'",
            prints: "\"a\"=>\"1\", \"b\"=>\"3\", \"c\"=>\"4\"",
        },
        Example { sql: "SELECT hstore 'a=>1' || NULL", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Hstore],
        Parameter::Hstore,
        concat,
    )]),
};

fn concat(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lefts, rights) = (arguments.hstore(0)?, arguments.hstore(1)?);
    let (left_view, right_view) = (view(&lefts.array)?, view(&rights.array)?);
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (left, right) = (lefts.index(row), rights.index(row));
        if left_view.is_null(left) || right_view.is_null(right) {
            builder.append_null();
        } else {
            // Of pairs with the same key the builder keeps the first.
            builder.append(right_view.entries(right).chain(left_view.entries(left)));
        }
    }
    Ok(Arc::new(builder.finish()))
}
