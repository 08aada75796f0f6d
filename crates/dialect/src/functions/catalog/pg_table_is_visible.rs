//! `pg_table_is_visible(oid)`: whether a name needs no schema.

use crate::catalog::is_visible;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_table_is_visible",
    syntax: "pg_table_is_visible(oid) → boolean",
    summary: "Tells whether the name of a relation is found without its schema.",
    examples: &[
        Example { sql: "SELECT pg_table_is_visible(1259)", prints: "t" },
        Example { sql: "SELECT pg_table_is_visible(0)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Boolean,
        table_is_visible,
    )]),
};

fn table_is_visible(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::booleans(arguments.rows(), |row| {
        let named = numbers.get(row).and_then(|number| arguments.catalog().name_of(number));
        Ok(named.map(|(schema, _)| is_visible(schema)))
    })
}
