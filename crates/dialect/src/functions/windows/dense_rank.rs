//! `dense_rank`: its place among the rows, equal rows sharing one, without gaps.

use super::kernel::{WindowForm, WindowKernel, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::{ArrayRef, Int64Array};
use std::ops::Range;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "dense_rank",
    syntax: "dense_rank() OVER (… ORDER BY …) → bigint",
    summary: "Returns how many different rows there are up to this one.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT dense_rank() OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "2",
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
    let values =
        ranks.iter().zip(1_i64..).flat_map(|(equal, rank)| equal.clone().map(move |_| rank));
    Arc::new(Int64Array::from_iter_values(values))
}
