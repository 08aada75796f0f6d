//! `__with_ties`: a number of rows after which rows that are equal to the last one follow.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, Int64Array};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__with_ties",
    syntax: "",
    summary: "Returns a number of rows, which must not be negative.",
    examples: &[Example {
        sql: "SELECT x FROM (VALUES (1), (1), (2)) t(x) ORDER BY x DESC FETCH FIRST 1 ROW WITH TIES",
        prints: "2",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Bigint,
        with_ties,
    )]),
};

fn with_ties(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let counts = arguments.bigints(0)?;
    let counts: Int64Array = (0..arguments.rows()).map(|row| counts.value(row)).collect();
    if counts.iter().flatten().any(|count| count < 0) {
        let message = "LIMIT must not be negative";
        return Err(external(Error::new(SqlState::InvalidRowCountInLimitClause, message)));
    }
    Ok(Arc::new(counts))
}
