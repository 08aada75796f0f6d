//! `first_value`: the value of the first row of the frame.

use super::kernel::{WindowForm, WindowKernel, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::ops::Range;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "first_value",
    syntax: "first_value(value any) OVER (…) → the same",
    summary: "Returns the value of the first row of the frame; NULL where the frame is empty.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT first_value(x) OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "10",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[Parameter::AnyElement],
    optional: &[],
    returns: Parameter::AnyElement,
    kernel: WindowKernel::Frame(first_value),
};

// Every kernel of a frame can refuse its arguments; this one takes all.
#[allow(clippy::unnecessary_wraps)]
fn first_value(_values: &[ArrayRef], _row: usize, frame: &Range<usize>) -> Result<Option<usize>> {
    Ok((frame.start < frame.end).then_some(frame.start))
}
