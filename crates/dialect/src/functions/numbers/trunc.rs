//! `trunc(…)`.

use super::decimal::{Rounding, round_double};
use super::doubles::{doubles, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "trunc",
    syntax: "trunc(double precision) → double precision\ntrunc(numeric) → numeric\ntrunc(numeric, bigint) → numeric",
    summary: "Leaves out the digits after the point, or all but so many.",
    examples: &[
        Example { sql: "SELECT trunc(42.8)", prints: "42" },
        Example { sql: "SELECT trunc(42.4382, 2)", prints: "42.43" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::DoublePrecision], Parameter::DoublePrecision, to_integer),
        Overload::strict(
            &[Parameter::DoublePrecision, Parameter::Bigint],
            Parameter::DoublePrecision,
            to_places,
        ),
    ]),
};

fn to_integer(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(number.trunc()))
}

fn to_places(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (numbers, places) = (arguments.doubles(0)?, arguments.bigints(1)?);
    doubles(arguments.rows(), |row| {
        let values = numbers.value(row).zip(places.value(row));
        Ok(values.map(|(number, places)| round_double(number, places, Rounding::Truncate)))
    })
}
