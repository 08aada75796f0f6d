//! The column `word` of `pg_get_keywords()`, as a list.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::reserved_words;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__keywords",
    syntax: "",
    summary: "Returns the words of `pg_get_keywords`.",
    examples: &[Example { sql: "SELECT count(*) > 80 FROM pg_get_keywords()", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::TextArray,
        keywords,
    )]),
};

fn keywords(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::text_lists(arguments.rows(), |_| {
        Ok(Some(reserved_words::all().map(|keyword| Some(keyword.word.to_owned())).collect()))
    })
}
