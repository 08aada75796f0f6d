//! `inet + bigint`.

use super::with_number;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_plus",
    syntax: "",
    summary: "Returns the address that is so many further on.",
    examples: &[Example { sql: "SELECT INET '192.168.1.6' + 25", prints: "192.168.1.31" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Bigint],
        Parameter::Inet,
        plus,
    )]),
};

fn plus(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    with_number(arguments, Inet::plus)
}
