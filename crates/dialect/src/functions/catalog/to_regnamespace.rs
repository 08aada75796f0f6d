//! `to_regnamespace(text)` and `::regnamespace`: the number of a schema.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "to_regnamespace",
    syntax: "to_regnamespace(text) → oid\nto_regnamespace(oid) → text",
    summary: "Returns the number of a schema, or NULL where there is none of the name; of a number, the name.",
    examples: &[
        Example { sql: "SELECT to_regnamespace('pg_catalog')", prints: "11" },
        Example { sql: "SELECT 'pg_catalog'::regnamespace::oid", prints: "11" },
        Example { sql: "SELECT to_regnamespace('nosuch')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Text, name_of),
        Overload::strict(&[Parameter::Text], Parameter::Oid, number_of),
    ]),
};

fn number_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        Ok(names.get(row).and_then(|name| arguments.catalog().schema_oid(name)))
    })
}

fn name_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(number) = numbers.get(row) else { return Ok(None) };
        let found = arguments.catalog().schemas().find(|(_, oid)| *oid == number);
        Ok(Some(found.map_or_else(|| number.to_string(), |(name, _)| name.to_owned())))
    })
}
