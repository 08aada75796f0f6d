//! `percent_rank`: its rank as a part of the others.

use super::kernel::{WindowForm, WindowKernel, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::{ArrayRef, Float64Array};
use std::ops::Range;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "percent_rank",
    syntax: "percent_rank() OVER (… ORDER BY …) → double precision",
    summary: "Returns the part of the other rows that come before this one, from 0 to 1.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT percent_rank() OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "1",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[],
    optional: &[],
    returns: Parameter::DoublePrecision,
    kernel: WindowKernel::Ranks(percent_rank),
};

// A partition has fewer rows than a double counts.
#[allow(clippy::cast_precision_loss)]
fn percent_rank(rows: usize, ranks: &[Range<usize>]) -> ArrayRef {
    let others = rows.saturating_sub(1);
    let part = |equal: &Range<usize>| match others {
        0 => 0.0,
        others => equal.start as f64 / others as f64,
    };
    let values = ranks.iter().flat_map(|equal| equal.clone().map(move |_| part(equal)));
    Arc::new(Float64Array::from_iter_values(values))
}
