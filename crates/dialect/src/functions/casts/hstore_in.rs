//! `text::hstore`.

use crate::functions::argument::{Arguments, parse_hstores};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__hstore_in",
    syntax: "",
    summary: "Reads a text as hstore.",
    examples: &[
        Example { sql: "SELECT 'b=>2, a=>1'::hstore", prints: "\"a\"=>\"1\", \"b\"=>\"2\"" },
        Example { sql: "SELECT hstore 'a=>NULL'", prints: "\"a\"=>NULL" },
        Example { sql: "SELECT NULL::hstore", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Hstore,
        hstore_in,
    )]),
};

/// Reads texts as hstores; `hstore(text)` is the same.
pub(crate) fn hstore_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(parse_hstores(&arguments.text(0)?.array)?))
}
