//! `quote_nullable(…)`.

use super::printed::Values;
use super::quote;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "quote_nullable",
    syntax: "quote_nullable(any) → text",
    summary: "Writes a value as a literal in a statement, and NULL as the word.",
    examples: &[
        Example { sql: "SELECT quote_nullable(NULL)", prints: "NULL" },
        Example { sql: "SELECT quote_nullable('a')", prints: "'a'" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        quote_nullable,
    )]),
};

fn quote_nullable(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let values = Values::cast(arguments, 0)?;
    let writers = values.writers()?;
    rows::texts(arguments.rows(), |row| {
        let mut text = String::new();
        let is_valid = writers.iter().all(|writer| writer.write(row, &mut text));
        Ok(Some(if is_valid { quote::literal(&text) } else { "NULL".to_owned() }))
    })
}
