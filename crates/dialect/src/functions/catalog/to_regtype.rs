//! `to_regtype(text)`: the number of a type.

use crate::catalog::find_type;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "to_regtype",
    syntax: "to_regtype(text) → oid",
    summary: "Returns the number of the type that a name means, or NULL where none does.",
    examples: &[
        Example { sql: "SELECT to_regtype('bigint')", prints: "20" },
        Example { sql: "SELECT to_regtype('nosuch')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Oid,
        to_regtype,
    )]),
};

fn to_regtype(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let names = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let found = names.get(row).and_then(find_type);
        Ok(found.map(|sql_type| i64::from(sql_type.oid())))
    })
}
