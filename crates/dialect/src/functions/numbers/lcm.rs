//! `lcm(…)`.

use super::bigints::{of_two as of_two_bigints, out_of_range};
use super::divisors::{common_multiple, in_decimals};
use super::doubles::of_two;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "lcm",
    syntax: "lcm(bigint, bigint) → bigint\nlcm(numeric, numeric) → numeric",
    summary: "Returns the least number above zero that both divide without a remainder; 0 where one of them is.",
    examples: &[
        Example { sql: "SELECT lcm(1071, 462)", prints: "23562" },
        Example { sql: "SELECT lcm(1.5, 2.5)", prints: "7.5" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::DoublePrecision, Parameter::DoublePrecision],
            Parameter::DoublePrecision,
            of_doubles,
        ),
        Overload::strict(&[Parameter::Bigint, Parameter::Bigint], Parameter::Bigint, of_bigints),
    ]),
};

fn of_doubles(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |left, right| in_decimals(left, right, common_multiple))
}

fn of_bigints(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two_bigints(arguments, |left, right| {
        let multiple = common_multiple(left.unsigned_abs().into(), right.unsigned_abs().into())
            .ok_or_else(out_of_range)?;
        i64::try_from(multiple).map_err(|_| out_of_range())
    })
}
