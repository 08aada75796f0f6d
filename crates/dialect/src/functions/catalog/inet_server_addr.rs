//! `inet_server_addr`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "inet_server_addr",
    syntax: "inet_server_addr() → text",
    summary: "Returns the server's address; it is not told.",
    examples: &[Example { sql: "SELECT inet_server_addr()", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::Text,
        inet_server_addr,
    )]),
};

fn inet_server_addr(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
