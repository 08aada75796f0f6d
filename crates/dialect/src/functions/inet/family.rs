//! `family(inet)`.

use super::numbers;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "family",
    syntax: "family(inet) → bigint",
    summary: "Tells whether an address is one of IPv4 or IPv6: 4 or 6.",
    examples: &[
        Example { sql: "SELECT family(INET '::1')", prints: "6" },
        Example { sql: "SELECT family(INET '10.0.0.1')", prints: "4" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet],
        Parameter::Bigint,
        family,
    )]),
};

fn family(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    numbers(arguments, |inet| Ok(inet.family().number().into()))
}
