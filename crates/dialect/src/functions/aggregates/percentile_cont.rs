//! `percentile_cont`: a value at a part of the rows, between two of them where it falls there.

use crate::functions::aggregates::collected::{AggregateForm, Group, Returns, ordered_set};
use crate::functions::aggregates::fraction::fraction;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Float64Type;
use datafusion::common::{Result, ScalarValue, internal_err};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "percentile_cont",
    syntax: "percentile_cont(fraction double precision) WITHIN GROUP (ORDER BY double precision) → double precision",
    summary: "Returns the value at a fraction of the ordered rows, from 0 to 1, in proportion between two values.",
    examples: &[Example {
        sql: "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (3), (4)) t(x)",
        prints: "2.5",
    }],
    implementation: Implementation::Aggregate(|| ordered_set(&RECORD, FORMS)),
};

static FORMS: &[AggregateForm] = &[AggregateForm {
    parameters: &[Parameter::DoublePrecision, Parameter::DoublePrecision],
    returns: Returns::Type(Parameter::DoublePrecision),
    finish,
    skips_null: true,
}];

pub(super) fn finish(group: &Group) -> Result<ScalarValue> {
    let [values, fractions] = group.arguments.as_slice() else {
        return internal_err!("a percentile has two arguments");
    };
    let (Some(fraction), Some(values)) =
        (fraction(fractions)?, values.as_primitive_opt::<Float64Type>())
    else {
        return Ok(ScalarValue::Float64(None));
    };
    // Places are far below what a double holds exactly.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
    let (place, first, second) = {
        let place = fraction * (values.len() - 1) as f64;
        (place, place.floor() as usize, place.ceil() as usize)
    };
    let value = values.value(first);
    if first == second {
        return Ok(ScalarValue::Float64(Some(value)));
    }
    let between = value + (place - place.floor()) * (values.value(second) - value);
    Ok(ScalarValue::Float64(Some(between)))
}
