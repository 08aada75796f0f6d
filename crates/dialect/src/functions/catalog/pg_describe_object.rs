//! `pg_describe_object(catalog, object, part)`.

use super::format_type;
use crate::catalog::{is_visible, routine_name};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::functions::strings::quote;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_describe_object",
    syntax: "pg_describe_object(classid oid, objid oid, objsubid bigint) → text",
    summary: "Returns a relation, type or function by its kind and name; NULL for any other object.",
    examples: &[
        Example { sql: "SELECT pg_describe_object(1247, 20, 0)", prints: "type bigint" },
        Example {
            sql: "SELECT pg_describe_object('pg_class'::regclass, 'aws.apigatewayv2_api'::regclass, 0)",
            prints: "table apigatewayv2_api",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint, Parameter::Bigint],
        Parameter::Text,
        describe,
    )]),
};

/// The numbers of the catalogs whose objects are described.
const TYPES: i64 = 1247;
const FUNCTIONS: i64 = 1255;
const RELATIONS: i64 = 1259;

fn describe(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (catalogs, objects) = (arguments.bigints(0)?, arguments.bigints(1)?);
    rows::texts(arguments.rows(), |row| {
        let (Some(catalog), Some(object)) = (catalogs.get(row), objects.get(row)) else {
            return Ok(None);
        };
        Ok(match catalog {
            TYPES => Some(format!("type {}", format_type::name_of(object))),
            FUNCTIONS => routine_name(object).map(|name| format!("function {name}")),
            RELATIONS => arguments.catalog().name_of(object).map(|(schema, name)| {
                let is_index = arguments.catalog().relation(object).is_none();
                let kind = if is_index { "index" } else { "table" };
                let name = quote::name(name);
                if is_visible(schema) {
                    format!("{kind} {name}")
                } else {
                    format!("{kind} {}.{name}", quote::name(schema))
                }
            }),
            _ => None,
        })
    })
}
