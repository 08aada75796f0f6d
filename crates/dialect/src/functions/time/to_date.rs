//! `to_date(…)`.

use super::to_timestamp::read;
use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::casts::date_of_timestamp::day;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::Error;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Date32Type;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "to_date",
    syntax: "to_date(text, text) → date",
    summary: "Reads a text by a template as date.",
    examples: &[Example {
        sql: "SELECT to_date('05 Dec 2000', 'DD Mon YYYY')",
        prints: "2000-12-05",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Date,
        to_date,
    )]),
};

fn to_date(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let read = read(arguments)?;
    primitives::<Date32Type, Error>(arguments.rows(), |row| Ok(read(row)?.map(day).transpose()?))
}
