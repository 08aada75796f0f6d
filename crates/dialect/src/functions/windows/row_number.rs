//! `row_number`: which row of its partition it is.

use super::kernel::{WindowForm, WindowKernel, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::{ArrayRef, Int64Array};
use std::ops::Range;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "row_number",
    syntax: "row_number() OVER (…) → bigint",
    summary: "Numbers the rows of a partition from 1.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT row_number() OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "3",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[],
    optional: &[],
    returns: Parameter::Bigint,
    kernel: WindowKernel::Ranks(row_number),
};

// A partition has fewer rows than a bigint counts.
#[allow(clippy::cast_possible_wrap)]
fn row_number(rows: usize, _ranks: &[Range<usize>]) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(1..=rows as i64))
}
