//! `'name'::regrole`: the number of a user.

use super::pg_get_userbyid::{OWNER, OWNER_NAME};
use super::regclass_in::number;
use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__regrole",
    syntax: "",
    summary: "Returns the number of the user that a text names or counts; a number as it is.",
    examples: &[
        Example { sql: "SELECT 'census'::regrole::oid", prints: "10" },
        Example { sql: "SELECT 10::regrole", prints: "census" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Oid, number),
        Overload::strict(&[Parameter::Text], Parameter::Oid, number_of),
    ]),
};

fn number_of(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(name) = names.get(row) else { return Ok(None) };
        let found = name.parse().ok().or_else(|| (name == OWNER_NAME).then_some(OWNER));
        found.map(Some).ok_or_else(|| {
            let message = format!("role \"{name}\" does not exist");
            external(Error::new(SqlState::UndefinedObject, message))
        })
    })
}
