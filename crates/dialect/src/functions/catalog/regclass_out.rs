//! `number::regclass::text`: the name of a relation.

use crate::catalog::is_visible;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::functions::strings::quote;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regclass_out",
    syntax: "",
    summary: "Returns the name of the relation of a number, with its schema where it is not found without.",
    examples: &[
        Example { sql: "SELECT 1259::regclass", prints: "pg_class" },
        Example {
            sql: "SELECT 'aws.apigatewayv2_api'::regclass::text",
            prints: "apigatewayv2_api",
        },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Text,
        name_of,
    )]),
};

fn name_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(number) = numbers.get(row) else { return Ok(None) };
        let Some((schema, name)) = arguments.catalog().name_of(number) else {
            return Ok(Some(if number == 0 { "-".to_owned() } else { number.to_string() }));
        };
        let name = quote::name(name);
        Ok(Some(if is_visible(schema) { name } else { format!("{}.{name}", quote::name(schema)) }))
    })
}
