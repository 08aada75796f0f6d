//! `inet - inet`.

use super::distances;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::inet::Inet;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Inet,
    name: "__inet_distance",
    syntax: "",
    summary: "Returns how many addresses lie between two.",
    examples: &[Example { sql: "SELECT INET '192.168.1.43' - INET '192.168.1.19'", prints: "24" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Inet, Parameter::Inet],
        Parameter::Bigint,
        distance,
    )]),
};

fn distance(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    distances(arguments, Inet::distance)
}
