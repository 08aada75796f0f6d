//! `cardinality(array)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "cardinality",
    syntax: "cardinality(anyarray) → bigint",
    summary: "Returns how many items an array has in all its dimensions.",
    examples: &[
        Example { sql: "SELECT cardinality(ARRAY[[1, 2], [3, 4]])", prints: "4" },
        Example { sql: "SELECT cardinality(ARRAY[]::text[])", prints: "0" },
        Example { sql: "SELECT cardinality(NULL::text[])", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray],
        Parameter::Bigint,
        cardinality,
    )]),
};

fn cardinality(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.lists(0)?;
    rows::bigints(arguments.rows(), |row| {
        Ok(lists.row(row).map(|row| rows::count(lists.array.range(row).len())))
    })
}
