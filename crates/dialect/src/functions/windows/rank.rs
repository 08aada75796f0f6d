//! `rank`: its place among the rows, equal rows sharing the first, with gaps after them.

use super::kernel::{WindowForm, WindowKernel, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::{ArrayRef, Int64Array};
use std::ops::Range;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "rank",
    syntax: "rank() OVER (… ORDER BY …) → bigint",
    summary: "Returns the place of the first of the rows that are equal to this one.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT rank() OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "3",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[],
    optional: &[],
    returns: Parameter::Bigint,
    kernel: WindowKernel::Ranks(rank),
};

// A partition has fewer rows than a bigint counts.
#[allow(clippy::cast_possible_wrap)]
fn rank(_rows: usize, ranks: &[Range<usize>]) -> ArrayRef {
    let values = ranks.iter().flat_map(|equal| equal.clone().map(|_| equal.start as i64 + 1));
    Arc::new(Int64Array::from_iter_values(values))
}
