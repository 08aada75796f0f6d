//! `pg_index_column_has_property(index, column, property)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_index_column_has_property",
    syntax: "pg_index_column_has_property(index oid, column bigint, property text) → boolean",
    summary: "Tells whether a column of an index is of a kind: sorted upwards, as all are, or another; NULL where there is no such index, column or property.",
    examples: &[
        Example {
            sql: "SELECT pg_index_column_has_property('apigatewayv2_api_pkey'::regclass, 1, 'asc')",
            prints: "t",
        },
        Example {
            sql: "SELECT pg_index_column_has_property('apigatewayv2_api_pkey'::regclass, 1, 'desc')",
            prints: "f",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint, Parameter::Text],
        Parameter::Boolean,
        has_property,
    )]),
};

/// What the columns of PostgreSQL's b-trees are, and what they are not.
const PROPERTIES: [(&str, bool); 9] = [
    ("asc", true),
    ("desc", false),
    ("distance_orderable", false),
    ("nulls_first", false),
    ("nulls_last", true),
    ("orderable", true),
    ("returnable", true),
    ("search_array", true),
    ("search_nulls", true),
];

fn has_property(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (indexes, columns) = (arguments.bigints(0)?, arguments.bigints(1)?);
    let properties = arguments.text(2)?;
    rows::booleans(arguments.rows(), |row| {
        let (Some(index), Some(column), Some(property)) =
            (indexes.get(row), columns.get(row), properties.get(row))
        else {
            return Ok(None);
        };
        let key = arguments.catalog().keys().iter().find(|key| key.oid == index);
        let columns = key.map_or(0, |key| rows::count(key.places.len()));
        if !(1..=columns).contains(&column) {
            return Ok(None);
        }
        let property = property.to_lowercase();
        Ok(PROPERTIES.iter().find(|(known, _)| *known == property).map(|(_, is_so)| *is_so))
    })
}
