//! `ntile`: which of so many parts of the partition it is in.

use super::kernel::{WindowForm, WindowKernel, bigint, fault, udwf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use census_error::SqlState;
use datafusion::arrow::array::{ArrayRef, Int64Array};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Windows,
    name: "ntile",
    syntax: "ntile(parts bigint) OVER (…) → bigint",
    summary: "Divides a partition into parts that are as equal as they can be, and returns the part of the row, from 1.",
    examples: &[Example {
        sql: "SELECT max(v) FROM (SELECT ntile(2) OVER (ORDER BY x) AS v FROM (VALUES (10), (10), (30)) t(x)) r",
        prints: "2",
    }],
    implementation: Implementation::Window(|| udwf(&RECORD, &FORM)),
};

static FORM: WindowForm = WindowForm {
    parameters: &[Parameter::Bigint],
    optional: &[],
    returns: Parameter::Bigint,
    kernel: WindowKernel::Partition(ntile),
};

fn ntile(values: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
    // As in PostgreSQL the first row says how many parts there are.
    let Some(parts) = bigint(values, 0, 0) else {
        return Ok(Arc::new(Int64Array::new_null(rows)));
    };
    let Some(parts) = usize::try_from(parts).ok().filter(|parts| *parts > 0) else {
        let message = "argument of ntile must be greater than zero";
        return Err(fault(SqlState::InvalidArgumentForNtile, message));
    };
    // The first parts have one row more where the rows do not divide.
    let (size, larger) = (rows / parts, rows % parts);
    let mut row_parts = Vec::with_capacity(rows);
    for part in 1.. {
        if row_parts.len() >= rows {
            break;
        }
        let count = if part <= larger { size + 1 } else { size };
        let number = i64::try_from(part).unwrap_or(i64::MAX);
        row_parts.extend(std::iter::repeat_n(number, count));
    }
    Ok(Arc::new(Int64Array::from(row_parts)))
}
