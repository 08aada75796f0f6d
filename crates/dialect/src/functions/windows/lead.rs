//! `lead`: the value of a row after it.

use super::kernel::{WindowForm, WindowKernel, udwf};
use super::shift::shifted;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "lead",
    syntax: "lead(value any [, rows bigint [, default any]]) OVER (…) → the same",
    summary: "Returns the value of the row so many rows after this one, or the default where there is none.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT lead(x) OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "30",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[Parameter::AnyElement],
    optional: &[Parameter::Bigint, Parameter::AnyElement],
    returns: Parameter::AnyElement,
    kernel: WindowKernel::Partition(lead),
};

fn lead(values: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
    shifted(values, rows, 1)
}
