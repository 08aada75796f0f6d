//! `~ bigint` and `~ inet`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::{inet, rows};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__bitwise_not",
    syntax: "",
    summary: "Returns the bits that a number or an address does not have.",
    examples: &[
        Example { sql: "SELECT ~ 5", prints: "-6" },
        Example { sql: "SELECT ~ INET '192.168.1.6'", prints: "63.87.254.249" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Bigint], Parameter::Bigint, of_bigints),
        Overload::strict(&[Parameter::Inet], Parameter::Inet, inet::not),
    ]),
};

fn of_bigints(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::bigints(arguments.rows(), |row| Ok(numbers.value(row).map(|number| !number)))
}
