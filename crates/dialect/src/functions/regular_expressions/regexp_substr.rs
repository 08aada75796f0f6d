//! `regexp_substr(…)`.

use super::finder::{Finder, Found};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_substr",
    syntax: "regexp_substr(text, text) → text\nregexp_substr(text, text, bigint) → text\nregexp_substr(text, text, bigint, bigint) → text\nregexp_substr(text, text, bigint, bigint, text) → text\nregexp_substr(text, text, bigint, bigint, text, bigint) → text",
    summary: "Returns the nth match from a start, or a group of it; NULL if there is none.",
    examples: &[
        Example { sql: "SELECT regexp_substr('arn:aws:s3:::bucket', '[^:]+$')", prints: "bucket" },
        Example { sql: "SELECT regexp_substr('a=1 b=2', '(\\w)=(\\d)', 1, 2, '', 2)", prints: "2" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Text, regexp_substr),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint],
            Parameter::Text,
            regexp_substr,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint, Parameter::Bigint],
            Parameter::Text,
            regexp_substr,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Text,
            ],
            Parameter::Text,
            regexp_substr,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Text,
                Parameter::Bigint,
            ],
            Parameter::Text,
            regexp_substr,
        ),
    ]),
};

fn regexp_substr(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let mut finder = Finder::new(arguments, RECORD.name, [2, 3, 4, 5])?;
    rows::texts(arguments.rows(), |row| {
        Ok(match finder.find(row)? {
            Some(Found::At(text, range)) => Some(text[range].to_owned()),
            Some(Found::Nowhere) | None => None,
        })
    })
}
