//! `lag`: the value of a row before it.

use super::kernel::{WindowForm, WindowKernel, udwf};
use super::shift::shifted;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "lag",
    syntax: "lag(value any [, rows bigint [, default any]]) OVER (…) → the same",
    summary: "Returns the value of the row so many rows before this one, or the default where there is none.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT lag(x) OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "10",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[Parameter::AnyElement],
    optional: &[Parameter::Bigint, Parameter::AnyElement],
    returns: Parameter::AnyElement,
    kernel: WindowKernel::Partition(lag),
};

fn lag(values: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
    shifted(values, rows, -1)
}
