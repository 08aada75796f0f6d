//! `obj_description(oid, name)`: what a row of a relation is.

use crate::catalog::catalog_functions;
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
    summary: "Returns what is said of a relation, or of a function; nothing is said of other objects.",
    examples: &[
        Example {
            sql: "SELECT obj_description('aws.apigatewayv2_api'::regclass, 'pg_class') IS NOT NULL",
            prints: "t",
        },
        Example {
            sql: "SELECT obj_description(oid, 'pg_proc') IS NOT NULL FROM pg_proc WHERE proname = 'akeys'",
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
        let Some(number) = numbers.get(row) else { return Ok(None) };
        Ok(match catalog {
            Some("pg_class") => {
                let relation = arguments.catalog().relation(number);
                relation.map(|relation| relation.description.as_str())
            }
            Some("pg_proc") => {
                let function = catalog_functions().find(|function| function.oid == number);
                function.map(|function| function.record.summary)
            }
            _ => None,
        }
        .filter(|text| !text.is_empty()))
    })
}

fn nothing(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
