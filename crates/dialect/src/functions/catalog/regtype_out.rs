//! `number::regtype::text`: the name of a type.

use super::format_type;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regtype_out",
    syntax: "",
    summary: "Returns the name of the type of a number, or the names of an array of them.",
    examples: &[
        Example { sql: "SELECT 1009::regtype::text", prints: "text[]" },
        Example { sql: "SELECT ARRAY[20, 25]::regtype[]::text[]", prints: "{bigint,text}" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Text, name_of),
        Overload::strict(&[Parameter::BigintArray], Parameter::TextArray, names_of),
    ]),
};

fn name_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| Ok(numbers.get(row).map(format_type::name_of)))
}

fn names_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.any(0)?;
    let array = lists.array.as_list::<i32>();
    rows::text_lists(arguments.rows(), |row| {
        let row = lists.index(row);
        if array.is_null(row) {
            return Ok(None);
        }
        let items = array.value(row);
        let items = items.as_primitive::<Int64Type>();
        Ok(Some(items.iter().map(|item| item.map(format_type::name_of)).collect()))
    })
}
