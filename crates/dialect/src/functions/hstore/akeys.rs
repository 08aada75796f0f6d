//! `akeys(hstore)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{ArrayRef, ListArray};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "akeys",
    syntax: "akeys(hstore) → text[]",
    summary: "Returns the keys as an array, in the order of the hstore.",
    examples: &[
        Example { sql: "SELECT akeys(hstore 'b=>1, a=>2')", prints: "{a,b}" },
        Example { sql: "SELECT akeys('')", prints: "{}" },
        Example { sql: "SELECT akeys(NULL)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore],
        Parameter::TextArray,
        akeys,
    )]),
};

/// The keys of a map array are already the items of a list array: nothing is copied.
fn akeys(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?.array;
    let item = Arc::new(Field::new_list_field(DataType::Utf8, true));
    Ok(Arc::new(ListArray::try_new(
        item,
        hstores.offsets().clone(),
        hstores.keys().clone(),
        datafusion::arrow::array::Array::nulls(&hstores).cloned(),
    )?))
}
