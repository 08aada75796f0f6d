//! `set_masklen(inet, bigint)`.

use super::with_number;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "set_masklen",
    syntax: "set_masklen(inet, bigint) → inet",
    summary: "Returns an address with another prefix; -1 stands for all bits.",
    examples: &[Example {
        sql: "SELECT set_masklen(INET '192.168.1.5/24', 16)",
        prints: "192.168.1.5/16",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Bigint],
        Parameter::Inet,
        set_masklen,
    )]),
};

fn set_masklen(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    with_number(arguments, Inet::with_prefix)
}
