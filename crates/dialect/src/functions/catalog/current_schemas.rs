//! `current_schemas(boolean)`: the schemas of names without one.

use crate::catalog::SEARCH_PATH;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "current_schemas",
    syntax: "current_schemas(with_system boolean) → text[]",
    summary: "Returns the schemas in which a name without schema is looked up, in their order.",
    examples: &[
        Example { sql: "SELECT current_schemas(false)", prints: "{aws,census,public}" },
        Example { sql: "SELECT current_schemas(true)", prints: "{pg_catalog,aws,census,public}" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Boolean],
        Parameter::TextArray,
        current_schemas,
    )]),
};

fn current_schemas(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let flags = arguments.booleans(0)?;
    rows::text_lists(arguments.rows(), |row| {
        let Some(with_system) = flags.get(row) else { return Ok(None) };
        let system = with_system.then_some("pg_catalog");
        let schemas = system.into_iter().chain(SEARCH_PATH);
        Ok(Some(schemas.map(|schema| Some(schema.to_owned())).collect()))
    })
}
