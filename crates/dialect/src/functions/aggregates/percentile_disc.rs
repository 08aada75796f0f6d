//! `percentile_disc`: the first value at or after a part of the rows.

use crate::functions::aggregates::collected::{AggregateForm, Group, Returns, ordered_set};
use crate::functions::aggregates::fraction::fraction;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::Array;
use datafusion::common::{Result, ScalarValue, internal_err};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "percentile_disc",
    syntax: "percentile_disc(fraction double precision) WITHIN GROUP (ORDER BY any) → the same",
    summary: "Returns the first value whose place in the order is at or after a fraction of the rows, from 0 to 1.",
    examples: &[Example {
        sql: "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (3), (4)) t(x)",
        prints: "2",
    }],
    implementation: Implementation::Aggregate(|| ordered_set(&RECORD, FORMS)),
};

static FORMS: &[AggregateForm] = &[AggregateForm {
    parameters: &[Parameter::Any, Parameter::DoublePrecision],
    returns: Returns::First,
    finish,
    skips_null: true,
}];

fn finish(group: &Group) -> Result<ScalarValue> {
    let [values, fractions] = group.arguments.as_slice() else {
        return internal_err!("percentile_disc has two arguments");
    };
    let Some(fraction) = fraction(fractions)? else {
        return ScalarValue::try_from(group.field.data_type());
    };
    // Places are far below what a double holds exactly.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
    let place = (fraction * values.len() as f64).ceil() as usize;
    ScalarValue::try_from_array(values, place.saturating_sub(1))
}
