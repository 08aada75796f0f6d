//! A text whose order is that of inet, for windows.

use super::texts;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::fmt::Write;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_sort_key",
    syntax: "",
    summary: "Returns a text whose order is that of the addresses.",
    examples: &[Example {
        sql: "SELECT rank() OVER (ORDER BY x) FROM (VALUES (INET '10.0.0.1')) t(x)",
        prints: "1",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Text,
        sort_key,
    )]),
};

fn sort_key(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    texts(arguments, |inet| {
        inet.to_bytes().iter().fold(String::with_capacity(68), |mut key, byte| {
            // Writing to a text cannot fail.
            let _ = write!(key, "{byte:02x}");
            key
        })
    })
}
