//! `avals(hstore)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, ListArray};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "avals",
    syntax: "avals(hstore) → text[]",
    summary: "Returns the values as an array, in the order of their keys.",
    examples: &[
        Example { sql: "SELECT avals(hstore 'b=>1, a=>NULL')", prints: "{NULL,1}" },
        Example { sql: "SELECT avals('a=>\"x y\"')", prints: "{\"x y\"}" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore],
        Parameter::TextArray,
        avals,
    )]),
};

/// The values of a map array are already the items of a list array: nothing is copied.
fn avals(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?.array;
    let item = Arc::new(Field::new_list_field(DataType::Utf8, true));
    Ok(Arc::new(ListArray::try_new(
        item,
        hstores.offsets().clone(),
        hstores.values().clone(),
        datafusion::arrow::array::Array::nulls(&hstores).cloned(),
    )?))
}
