//! `cume_dist`: the part of the rows that come no later.

use super::kernel::{WindowForm, WindowKernel, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::{ArrayRef, Float64Array};
use std::ops::Range;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "cume_dist",
    syntax: "cume_dist() OVER (… ORDER BY …) → double precision",
    summary: "Returns the part of the rows that come before this one or are equal to it.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT cume_dist() OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "1",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[],
    optional: &[],
    returns: Parameter::DoublePrecision,
    kernel: WindowKernel::Ranks(cume_dist),
};

// A partition has fewer rows than a double counts.
#[allow(clippy::cast_precision_loss)]
fn cume_dist(rows: usize, ranks: &[Range<usize>]) -> ArrayRef {
    let part = |equal: &Range<usize>| equal.end as f64 / rows as f64;
    let values = ranks.iter().flat_map(|equal| equal.clone().map(move |_| part(equal)));
    Arc::new(Float64Array::from_iter_values(values))
}
