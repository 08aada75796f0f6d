//! `to_char(…)` of a double precision.

use super::numeric_text;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_to_char",
    syntax: "",
    summary: "Prints a number by a template, of which 15 digits are certain.",
    examples: &[
        Example { sql: "SELECT to_char(2.5::float8, 'FM9')", prints: "2" },
        Example { sql: "SELECT to_char(2.5, 'FM9')", prints: "3" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::Text],
        Parameter::Text,
        numeric_text::of_doubles,
    )]),
};
