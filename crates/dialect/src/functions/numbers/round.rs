//! `round(…)`.

use super::decimal::{Rounding, round_double};
use super::doubles::{doubles, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "round",
    syntax: "round(double precision) → double precision\nround(numeric) → numeric\nround(numeric, bigint) → numeric",
    summary: "Rounds to an integer, or to so many digits after the point, where a negative count makes zeros before it.",
    examples: &[
        Example { sql: "SELECT round(42.4)", prints: "42" },
        Example { sql: "SELECT round(42.4382, 2)", prints: "42.44" },
        Example { sql: "SELECT round(1234.56, -1)", prints: "1230" },
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
    of_one(arguments, |number| Ok(number.round_ties_even()))
}

fn to_places(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (numbers, places) = (arguments.doubles(0)?, arguments.bigints(1)?);
    doubles(arguments.rows(), |row| {
        let values = numbers.value(row).zip(places.value(row));
        Ok(values.map(|(number, places)| round_double(number, places, Rounding::Nearest)))
    })
}
