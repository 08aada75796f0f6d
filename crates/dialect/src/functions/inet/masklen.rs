//! `masklen(inet)`.

use super::numbers;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "masklen",
    syntax: "masklen(inet) → bigint",
    summary: "Returns the length of the prefix in bits.",
    examples: &[
        Example { sql: "SELECT masklen(INET '192.168.1.5/24')", prints: "24" },
        Example { sql: "SELECT masklen(INET '::1')", prints: "128" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Bigint,
        masklen,
    )]),
};

fn masklen(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    numbers(arguments, |inet| Ok(inet.prefix().into()))
}
