//! `text::inet`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__inet_in",
    syntax: "",
    summary: "Reads a text as inet.",
    examples: &[
        Example { sql: "SELECT '10.1/16'::inet", prints: "10.1.0.0/16" },
        Example { sql: "SELECT inet '2001:DB8::1/128'", prints: "2001:db8::1" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Inet,
        inet_in,
    )]),
};

fn inet_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(arguments.inet(0)?.array))
}
