//! `array && array`.

use super::contains::Pair;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__array_overlaps",
    syntax: "",
    summary: "Tells whether two arrays have an item in common; the operator &&.",
    examples: &[
        Example { sql: "SELECT ARRAY[1, 4, 3] && ARRAY[2, 1]", prints: "t" },
        Example { sql: "SELECT ARRAY[NULL]::text[] && ARRAY[NULL]::text[]", prints: "f" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::AnyArray],
        Parameter::Boolean,
        overlaps,
    )]),
};

fn overlaps(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let pair = Pair::new(arguments)?;
    pair.each(arguments.rows(), |left, right| {
        right.into_iter().any(|item| pair.is_among(left.clone(), item))
    })
}
