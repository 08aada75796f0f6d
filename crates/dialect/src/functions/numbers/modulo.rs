//! `mod(…)`.

use super::bigints::of_two as of_two_bigints;
use super::doubles::{NumberFault, of_two, unsigned_zero};
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "mod",
    syntax: "mod(bigint, bigint) → bigint\nmod(numeric, numeric) → numeric",
    summary: "Returns what remains of a division, with the sign of the dividend; 22012 where the divisor is zero.",
    examples: &[
        Example { sql: "SELECT mod(9, 4)", prints: "1" },
        Example { sql: "SELECT mod(-7.5, 2)", prints: "-1.5" },
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
        if right == 0.0 && !left.is_nan() {
            return Err(NumberFault::DivisionByZero);
        }
        Ok(unsigned_zero(left % right))
    })
}

fn of_bigints(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two_bigints(arguments, |left, right| {
        if right == 0 {
            return Err(external(NumberFault::DivisionByZero));
        }
        // The least bigint by -1 has no quotient that is one, but it has a remainder.
        Ok(left.wrapping_rem(right))
    })
}
