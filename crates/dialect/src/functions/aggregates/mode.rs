//! `mode`: what occurs most often.

use crate::functions::aggregates::collected::{AggregateForm, Group, Returns, ordered_set};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::Array;
use datafusion::common::{Result, ScalarValue, internal_err};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "mode",
    syntax: "mode() WITHIN GROUP (ORDER BY any) → the same",
    summary: "Returns the value that occurs most often, the first in order of several; NULL is left out.",
    examples: &[Example {
        sql: "SELECT mode() WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (2)) t(x)",
        prints: "2",
    }],
    implementation: Implementation::Aggregate(|| ordered_set(&RECORD, FORMS)),
};

static FORMS: &[AggregateForm] = &[AggregateForm {
    parameters: &[Parameter::Any],
    returns: Returns::First,
    finish,
    skips_null: true,
}];

fn finish(group: &Group) -> Result<ScalarValue> {
    let Some(values) = group.arguments.first() else {
        return internal_err!("mode has no argument");
    };
    let mut best: Option<(usize, ScalarValue)> = None;
    let mut run = (0, ScalarValue::Null);
    for row in 0..values.len() {
        let value = ScalarValue::try_from_array(values, row)?;
        run = if row > 0 && value == run.1 { (run.0 + 1, value) } else { (1, value) };
        if best.as_ref().is_none_or(|(count, _)| run.0 > *count) {
            best = Some(run.clone());
        }
    }
    match best {
        Some((_, value)) => Ok(value),
        None => ScalarValue::try_from(group.field.data_type()),
    }
}
