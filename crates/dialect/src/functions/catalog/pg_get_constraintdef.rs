//! `pg_get_constraintdef`.

use crate::catalog::names;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_constraintdef",
    syntax: "pg_get_constraintdef(constraint oid) → text\n\
             pg_get_constraintdef(constraint oid, pretty boolean) → text",
    summary: "Returns how a constraint is written: those that there are are primary keys.",
    examples: &[
        Example {
            sql: "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'apigatewayv2_api_pkey'",
            prints: "PRIMARY KEY (account_id, _key)",
        },
        Example { sql: "SELECT pg_get_constraintdef(1)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Text, pg_get_constraintdef),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Boolean],
            Parameter::Text,
            pg_get_constraintdef,
        ),
    ]),
};

fn pg_get_constraintdef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    let catalog = arguments.catalog();
    rows::texts(arguments.rows(), |row| {
        let key = catalog.keys().iter().find(|key| numbers.get(row) == Some(key.constraint));
        let keyed = key.and_then(|key| catalog.keyed(key));
        Ok(keyed.map(|(_, columns)| format!("PRIMARY KEY ({})", names(columns))))
    })
}
