//! `nth_value`: the value of a row of the frame by its number.

use super::kernel::{WindowForm, WindowKernel, bigint, fault, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use census_error::SqlState;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::ops::Range;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "nth_value",
    syntax: "nth_value(value any, number bigint) OVER (…) → the same",
    summary: "Returns the value of the row of the frame with this number, from 1; NULL where there is none.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT nth_value(x, 3) OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "30",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[Parameter::AnyElement, Parameter::Bigint],
    optional: &[],
    returns: Parameter::AnyElement,
    kernel: WindowKernel::Frame(nth_value),
};

fn nth_value(values: &[ArrayRef], row: usize, frame: &Range<usize>) -> Result<Option<usize>> {
    let Some(number) = bigint(values, 1, row) else {
        return Ok(None);
    };
    if number < 1 {
        let message = "argument of nth_value must be greater than zero";
        return Err(fault(SqlState::InvalidArgumentForNthValue, message));
    }
    let place = usize::try_from(number - 1).ok().and_then(|after| frame.start.checked_add(after));
    Ok(place.filter(|place| *place < frame.end))
}
