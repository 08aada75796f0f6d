//! `array_upper(array, dimension)`.

use super::array_length::array_length;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_upper",
    syntax: "array_upper(anyarray, bigint) → bigint",
    summary: "Returns the upper bound of a dimension of an array; NULL where it has no such dimension.",
    examples: &[
        Example { sql: "SELECT array_upper(ARRAY[1, 8, 3, 7], 1)", prints: "4" },
        Example { sql: "SELECT array_upper(ARRAY[1], 0)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::Bigint],
        Parameter::Bigint,
        array_length,
    )]),
};
