//! `quote_literal(…)`.

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
    name: "quote_literal",
    syntax: "quote_literal(any) → text",
    summary: "Writes a value as a literal in a statement; NULL stays NULL.",
    examples: &[
        Example { sql: "SELECT quote_literal('it''s')", prints: "'it''s'" },
        Example { sql: "SELECT quote_literal(42.5)", prints: "'42.5'" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Any],
        Parameter::Text,
        quote_literal,
    )]),
};

fn quote_literal(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let values = Values::cast(arguments, 0)?;
    let writers = values.writers()?;
    rows::texts(arguments.rows(), |row| {
        let mut text = String::new();
        let is_valid = writers.iter().all(|writer| writer.write(row, &mut text));
        Ok(is_valid.then(|| quote::literal(&text)))
    })
}
