//! `similar_to_escape(…)`.

use super::{given, optional_text};
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::regular_expressions::similar_to_icu;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "similar_to_escape",
    syntax: "similar_to_escape(text) → text\nsimilar_to_escape(text, text) → text",
    summary: "Returns the regular expression that a pattern of SIMILAR TO stands for.",
    examples: &[
        Example { sql: "SELECT 'abc' SIMILAR TO '(a|b)%'", prints: "t" },
        Example { sql: "SELECT 'a%c' SIMILAR TO 'a#%c' ESCAPE '#'", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::Text, similar_to_escape),
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Text, similar_to_escape),
    ]),
};

fn similar_to_escape(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let patterns = arguments.text(0)?;
    let escapes = optional_text(arguments, 1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(pattern), Some(escape)) = (patterns.get(row), given(escapes.as_ref(), row, "\\"))
        else {
            return Ok(None);
        };
        similar_to_icu(pattern, escape).map(Some).map_err(external)
    })
}
