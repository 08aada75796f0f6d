//! `pg_get_userbyid(oid)`: the name of a user.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_userbyid",
    syntax: "pg_get_userbyid(oid) → text",
    summary: "Returns the name of a user; everything belongs to one.",
    examples: &[
        Example { sql: "SELECT pg_get_userbyid(10)", prints: "census" },
        Example { sql: "SELECT pg_get_userbyid(7)", prints: "unknown (OID=7)" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Name,
        pg_get_userbyid,
    )]),
};

/// The number of the user that everything belongs to.
pub(super) const OWNER: i64 = 10;
/// The name of that user.
pub(super) const OWNER_NAME: &str = "census";

fn pg_get_userbyid(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| {
        Ok(numbers.get(row).map(|number| match number {
            OWNER => OWNER_NAME.to_owned(),
            other => format!("unknown (OID={other})"),
        }))
    })
}
