//! `inet - bigint`.

use super::with_number;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_minus",
    syntax: "",
    summary: "Returns the address that is so many before.",
    examples: &[Example { sql: "SELECT INET '192.168.1.43' - 36", prints: "192.168.1.7" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Bigint],
        Parameter::Inet,
        minus,
    )]),
};

fn minus(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    with_number(arguments, Inet::minus)
}
