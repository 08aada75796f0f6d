//! `regexp_instr(…)`.

use super::finder::{Finder, Found};
use super::{given_number, invalid_value, optional_bigint};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_instr",
    syntax: "regexp_instr(text, text) → bigint\nregexp_instr(text, text, bigint) → bigint\nregexp_instr(text, text, bigint, bigint) → bigint\nregexp_instr(text, text, bigint, bigint, bigint) → bigint\nregexp_instr(text, text, bigint, bigint, bigint, text) → bigint\nregexp_instr(text, text, bigint, bigint, bigint, text, bigint) → bigint",
    summary: "Returns where the nth match from a start begins, or ends where the fifth argument is 1; 0 if there is none. The last argument is a group.",
    examples: &[
        Example { sql: "SELECT regexp_instr('i-0abc', '\\d')", prints: "3" },
        Example {
            sql: "SELECT regexp_instr('number 42 and 7', '(\\d)(\\d*)', 1, 1, 0, '', 2)",
            prints: "9",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Bigint, regexp_instr),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint],
            Parameter::Bigint,
            regexp_instr,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint, Parameter::Bigint],
            Parameter::Bigint,
            regexp_instr,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
            ],
            Parameter::Bigint,
            regexp_instr,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Text,
            ],
            Parameter::Bigint,
            regexp_instr,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Text,
                Parameter::Bigint,
            ],
            Parameter::Bigint,
            regexp_instr,
        ),
    ]),
};

fn regexp_instr(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let mut finder = Finder::new(arguments, RECORD.name, [2, 3, 5, 6])?;
    let ends = optional_bigint(arguments, 4)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(end) = given_number(ends.as_ref(), row, 0) else { return Ok(None) };
        if !(0..=1).contains(&end) {
            return Err(invalid_value("endoption", end));
        }
        let Some(found) = finder.find(row)? else { return Ok(None) };
        let Found::At(text, range) = found else { return Ok(Some(0)) };
        let byte = if end == 1 { range.end } else { range.start };
        Ok(Some(rows::count(text[..byte].chars().count()) + 1))
    })
}
