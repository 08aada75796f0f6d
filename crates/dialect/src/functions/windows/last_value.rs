//! `last_value`: the value of the last row of the frame.

use super::kernel::{WindowForm, WindowKernel, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::ops::Range;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "last_value",
    syntax: "last_value(value any) OVER (…) → the same",
    summary: "Returns the value of the last row of the frame; NULL where the frame is empty.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT last_value(x) OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "30",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[Parameter::AnyElement],
    optional: &[],
    returns: Parameter::AnyElement,
    kernel: WindowKernel::Frame(last_value),
};

// Every kernel of a frame can refuse its arguments; this one takes all.
#[allow(clippy::unnecessary_wraps)]
fn last_value(_values: &[ArrayRef], _row: usize, frame: &Range<usize>) -> Result<Option<usize>> {
    Ok((frame.start < frame.end).then(|| frame.end - 1))
}
