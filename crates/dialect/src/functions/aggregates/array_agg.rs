//! `array_agg`: what rows have, as an array.

use crate::functions::aggregates::collected::{AggregateForm, Group, Returns, udaf};
use crate::functions::arrays::rectangular;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::{Array, ListArray};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, internal_err};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "array_agg",
    syntax: "array_agg([ALL | DISTINCT] any [ORDER BY …]) → array",
    summary: "Makes an array of what the rows have, NULL included; NULL without rows.",
    examples: &[
        Example {
            sql: "SELECT array_agg(x ORDER BY x DESC) FROM (VALUES (1), (NULL), (3)) t(x)",
            prints: "{NULL,3,1}",
        },
        Example {
            sql: "SELECT array_agg(DISTINCT x) FROM (VALUES ('b'), ('a'), ('b')) t(x)",
            prints: "{a,b}",
        },
    ],
    implementation: Implementation::Aggregate(|| udaf(&RECORD, FORMS)),
};

static FORMS: &[AggregateForm] = &[AggregateForm {
    parameters: &[Parameter::Any],
    returns: Returns::ArrayOfFirst,
    finish,
    skips_null: false,
}];

fn finish(group: &Group) -> Result<ScalarValue> {
    let DataType::List(item) = group.field.data_type() else {
        return internal_err!("array_agg makes no array");
    };
    match group.arguments.first() {
        Some(values) if !values.is_empty() => {
            let offsets = OffsetBuffer::from_lengths([values.len()]);
            let list = ListArray::try_new(Arc::clone(item), offsets, Arc::clone(values), None)?;
            rectangular::check(&list)?;
            Ok(ScalarValue::List(Arc::new(list)))
        }
        _ => ScalarValue::try_from(group.field.data_type()),
    }
}
