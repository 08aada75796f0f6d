//! `pg_get_indexdef`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::functions::strings::quote;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_indexdef",
    syntax: "pg_get_indexdef(index oid) → text\n\
             pg_get_indexdef(index oid, column integer, pretty boolean) → text",
    summary: "Returns how an index is written, or only its column of that place where that is not 0; those that there \
              are belong to primary keys.",
    examples: &[
        Example {
            sql: "SELECT pg_get_indexdef('aws.apigatewayv2_api_pkey'::regclass)",
            prints: "CREATE UNIQUE INDEX apigatewayv2_api_pkey ON aws.apigatewayv2_api USING btree (account_id, _key)",
        },
        Example {
            sql: "SELECT pg_get_indexdef('aws.apigatewayv2_api_pkey'::regclass, 2, true)",
            prints: "_key",
        },
        Example { sql: "SELECT pg_get_indexdef(1)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Text, pg_get_indexdef),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Bigint, Parameter::Boolean],
            Parameter::Text,
            pg_get_indexdef,
        ),
    ]),
};

fn pg_get_indexdef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    let places = if arguments.count() > 1 { Some(arguments.bigints(1)?) } else { None };
    let catalog = arguments.catalog();
    rows::texts(arguments.rows(), |row| {
        let key = catalog.keys().iter().find(|key| numbers.get(row) == Some(key.oid));
        let Some(key) = key else { return Ok(None) };
        let place = places.as_ref().and_then(|places| places.get(row)).unwrap_or(0);
        if place != 0 {
            // PostgreSQL's answer to a place that the index has not.
            let columns = catalog.keyed(key).map_or(&[][..], |(_, columns)| columns);
            let column = usize::try_from(place - 1).ok().and_then(|place| columns.get(place));
            return Ok(Some(column.map_or_else(String::new, |column| quote::name(column))));
        }
        Ok(catalog.index_definition(key))
    })
}
