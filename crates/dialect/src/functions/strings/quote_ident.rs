//! `quote_ident(…)`.

use super::quote;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "quote_ident",
    syntax: "quote_ident(text) → text",
    summary: "Writes a text as a name in a statement, in quotation marks where needed.",
    examples: &[
        Example { sql: "SELECT quote_ident('Foo bar')", prints: "\"Foo bar\"" },
        Example { sql: "SELECT quote_ident('region')", prints: "region" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        quote_ident,
    )]),
};

fn quote_ident(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        Ok(Some(quote::name(text)))
    })
}
