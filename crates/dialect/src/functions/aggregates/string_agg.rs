//! `string_agg`: texts in one, with something between them.

use crate::functions::aggregates::collected::{AggregateForm, Group, Returns, udaf};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::arrow::array::{Array, AsArray};
use datafusion::common::{Result, ScalarValue, internal_err};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "string_agg",
    syntax: "string_agg([ALL | DISTINCT] text, delimiter text [ORDER BY …]) → text",
    summary: "Joins the texts that are not NULL, each with its delimiter before it except the first; NULL without any.",
    examples: &[
        Example {
            sql: "SELECT string_agg(x, ', ' ORDER BY x) FROM (VALUES ('b'), (NULL), ('a')) t(x)",
            prints: "a, b",
        },
        Example {
            sql: "SELECT string_agg(x, d ORDER BY x) FROM (VALUES ('a', '-'), ('b', '+'), ('c', '*')) t(x, d)",
            prints: "a+b*c",
        },
    ],
    implementation: Implementation::Aggregate(|| udaf(&RECORD, FORMS)),
};

static FORMS: &[AggregateForm] = &[AggregateForm {
    parameters: &[Parameter::Text, Parameter::Text],
    returns: Returns::Type(Parameter::Text),
    finish,
    skips_null: true,
}];

fn finish(group: &Group) -> Result<ScalarValue> {
    let [texts, delimiters] = group.arguments.as_slice() else {
        return internal_err!("string_agg has two arguments");
    };
    let Some(texts) = texts.as_string_opt::<i32>().filter(|texts| !texts.is_empty()) else {
        return Ok(ScalarValue::Utf8(None));
    };
    let delimiters = delimiters.as_string_opt::<i32>();
    let mut joined = String::new();
    for row in 0..texts.len() {
        if row > 0
            && let Some(delimiters) = delimiters
            && delimiters.is_valid(row)
        {
            joined.push_str(delimiters.value(row));
        }
        joined.push_str(texts.value(row));
    }
    Ok(ScalarValue::Utf8(Some(joined)))
}
