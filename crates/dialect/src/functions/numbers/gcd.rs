//! `gcd(…)`.

use super::bigints::{of_two as of_two_bigints, out_of_range};
use super::divisors::{common_divisor, in_decimals};
use super::doubles::of_two;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "gcd",
    syntax: "gcd(bigint, bigint) → bigint\ngcd(numeric, numeric) → numeric",
    summary: "Returns the greatest number that divides both without a remainder.",
    examples: &[
        Example { sql: "SELECT gcd(1071, 462)", prints: "21" },
        Example { sql: "SELECT gcd(1071.5, 462)", prints: "0.5" },
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
    of_two(arguments, |left, right| {
        in_decimals(left, right, |left, right| Some(common_divisor(left, right)))
    })
}

fn of_bigints(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two_bigints(arguments, |left, right| {
        let divisor = common_divisor(left.unsigned_abs().into(), right.unsigned_abs().into());
        i64::try_from(divisor).map_err(|_| out_of_range())
    })
}
