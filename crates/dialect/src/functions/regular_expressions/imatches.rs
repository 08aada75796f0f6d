//! `text ~* pattern`.

use super::are_matches;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::regular_expressions::Flags;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "__imatches",
    syntax: "",
    summary: "Tells whether a pattern matches somewhere in a text, in both cases.",
    examples: &[
        Example { sql: "SELECT 'census' ~* '^CE'", prints: "t" },
        Example { sql: "SELECT 'census' !~* 'x'", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Boolean,
        imatches,
    )]),
};

fn imatches(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    are_matches(arguments, Flags { ignores_case: true, ..Flags::default() })
}
