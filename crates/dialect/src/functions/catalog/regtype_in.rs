//! `'name'::regtype`: the number of a type.

use crate::catalog::find_type;
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::catalog::format_type;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regtype",
    syntax: "",
    summary: "Returns the number of the type that a text names or counts, or the name of the type of a number.",
    examples: &[
        Example { sql: "SELECT 'bigint'::regtype::oid", prints: "20" },
        Example { sql: "SELECT 1009::regtype::text", prints: "text[]" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Text, name_of),
        Overload::strict(&[Parameter::Text], Parameter::Oid, number_of),
    ]),
};

fn number_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(name) = names.get(row) else { return Ok(None) };
        if let Ok(number) = name.parse() {
            return Ok(Some(number));
        }
        if let Some(sql_type) = find_type(name) {
            return Ok(Some(sql_type.oid().into()));
        }
        let message = format!("type \"{name}\" does not exist");
        Err(external(Error::new(SqlState::UndefinedObject, message)))
    })
}

fn name_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| Ok(numbers.get(row).map(format_type::name_of)))
}
