//! `obj_description(oid, name)`: what a row of a relation is.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "obj_description",
    syntax: "obj_description(object oid) → text\nobj_description(object oid, catalog name) → text",
    summary: "Returns what the directory says of a relation; nothing is said of other objects.",
    examples: &[
        Example {
            sql: "SELECT obj_description('aws.apigatewayv2_api'::regclass, 'pg_class') IS NOT NULL",
            prints: "t",
        },
        Example { sql: "SELECT obj_description(25, 'pg_type')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Text, obj_description),
        Overload::strict(&[Parameter::Bigint, Parameter::Text], Parameter::Text, obj_description),
        // The functions of operators are known by their names, and nothing is said of them.
        Overload::lenient(&[Parameter::Text, Parameter::Text], Parameter::Text, nothing),
    ]),
};

fn obj_description(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    let catalogs = if arguments.count() > 1 { Some(arguments.text(1)?) } else { None };
    rows::texts(arguments.rows(), |row| {
        let catalog = catalogs.as_ref().map_or(Some("pg_class"), |catalogs| catalogs.get(row));
        if catalog != Some("pg_class") {
            return Ok(None);
        }
        let relation = numbers.get(row).and_then(|number| arguments.catalog().relation(number));
        Ok(relation.map(|relation| relation.description.as_str()).filter(|text| !text.is_empty()))
    })
}

fn nothing(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
