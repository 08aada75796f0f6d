//! The list that `generate_subscripts` gives the items of.

use super::array_length::array_length;
use crate::array_types::first_subscript;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Builder, ListBuilder};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__subscripts",
    syntax: "",
    summary: "Returns the places of a dimension of an array.",
    examples: &[
        Example { sql: "SELECT count(*) FROM generate_subscripts(ARRAY[7, 8], 1)", prints: "2" },
        Example { sql: "SELECT count(*) FROM generate_subscripts(ARRAY[7, 8], 2)", prints: "0" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::AnyArray, Parameter::Bigint],
            Parameter::BigintArray,
            subscripts,
        ),
        Overload::strict(
            &[Parameter::AnyArray, Parameter::Bigint, Parameter::Boolean],
            Parameter::BigintArray,
            subscripts,
        ),
    ]),
};

fn subscripts(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lengths = array_length(arguments)?;
    let lengths = lengths.as_primitive::<Int64Type>();
    let reversed = if arguments.count() > 2 { Some(arguments.booleans(2)?) } else { None };
    let first = first_subscript(arguments.field(0));
    let mut builder = ListBuilder::new(Int64Builder::new());
    for row in 0..arguments.rows() {
        let length = if lengths.is_valid(row) { lengths.value(row) } else { 0 };
        match reversed.as_ref().map_or(Some(false), |reversed| reversed.get(row)) {
            Some(false) => builder.append_value((first..first + length).map(Some)),
            Some(true) => builder.append_value((first..first + length).rev().map(Some)),
            None => builder.append(false),
        }
    }
    Ok(Arc::new(builder.finish()))
}
