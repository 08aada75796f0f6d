//! `to_regclass(text)`: the number of a relation.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "to_regclass",
    syntax: "to_regclass(text) → oid",
    summary: "Returns the number of the relation that a name means, or NULL where none does.",
    examples: &[
        Example { sql: "SELECT to_regclass('pg_catalog.pg_class')", prints: "1259" },
        Example { sql: "SELECT to_regclass('aws.nosuch')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Oid,
        to_regclass,
    )]),
};

fn to_regclass(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        Ok(names.get(row).and_then(|name| arguments.catalog().number_of(name)))
    })
}
