//! `format_type(oid, integer)`: the name of a type.

use super::regtype_in::WITHOUT_VALUES;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_types::SqlType;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "format_type",
    syntax: "format_type(type oid, modifier integer) → text",
    summary: "Returns the name of a type as SQL writes it.",
    examples: &[
        Example { sql: "SELECT format_type(1114, NULL)", prints: "timestamp without time zone" },
        Example { sql: "SELECT format_type(1016, -1)", prints: "bigint[]" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Bigint, Parameter::Bigint],
        Parameter::Text,
        format_type,
    )]),
};

fn format_type(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| Ok(numbers.get(row).map(name_of)))
}

/// Returns the name of a type by its number.
pub(super) fn name_of(number: i64) -> String {
    let sql_type = match number {
        0 => return "-".to_owned(),
        1042 => return "character".to_owned(),
        1043 => return "character varying".to_owned(),
        number => u32::try_from(number).ok().and_then(SqlType::of_oid),
    };
    if let Some(sql_type) = sql_type {
        return sql_type.name().into_owned();
    }
    let without_values = WITHOUT_VALUES.iter().find(|(_, known)| *known == number);
    without_values.map_or("???", |(name, _)| name).to_owned()
}
