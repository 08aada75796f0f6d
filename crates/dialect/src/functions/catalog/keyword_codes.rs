//! The column `catcode` of `pg_get_keywords()`, as a list.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::reserved_words;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "__keyword_codes",
    syntax: "",
    summary: "Returns the letters of their kinds.",
    examples: &[Example {
        sql: "SELECT count(DISTINCT catcode) FROM pg_get_keywords()",
        prints: "2",
    }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::TextArray,
        keyword_codes,
    )]),
};

fn keyword_codes(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::text_lists(arguments.rows(), |_| {
        Ok(Some(reserved_words::all().map(|keyword| Some(keyword.code.to_owned())).collect()))
    })
}
