//! `text(inet)`.

use super::texts;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "text",
    syntax: "text(inet) → text\ntext(text) → text",
    summary: "Prints an address with its prefix, also where that is the whole address; a text stays as it is.",
    examples: &[
        Example { sql: "SELECT text(INET '192.168.1.5')", prints: "192.168.1.5/32" },
        Example { sql: "SELECT text(INET '::1/64')", prints: "::1/64" },
        Example { sql: "SELECT text('192.168.1.5')", prints: "192.168.1.5" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::Text, same),
        Overload::strict(&[Parameter::Inet], Parameter::Text, text),
    ]),
};

fn same(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(arguments.text(0)?.array))
}

fn text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    texts(arguments, Inet::with_mask)
}
