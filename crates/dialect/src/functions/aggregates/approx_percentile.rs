//! `approx_percentile`: the percentile of DDSQL, which is exact here.

use crate::functions::aggregates::collected::{AggregateForm, Returns, ordered_set};
use crate::functions::aggregates::percentile_cont;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "approx_percentile",
    syntax: "approx_percentile(fraction double precision) WITHIN GROUP (ORDER BY double precision) → double precision",
    summary: "Returns the value at a fraction of the ordered rows, from 0 to 1; it is exact, as percentile_cont is.",
    examples: &[Example {
        sql: "SELECT approx_percentile(0.75) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (3), (4)) t(x)",
        prints: "3.25",
    }],
    implementation: Implementation::Aggregate(|| ordered_set(&RECORD, FORMS)),
};

static FORMS: &[AggregateForm] = &[AggregateForm {
    parameters: &[Parameter::DoublePrecision, Parameter::DoublePrecision],
    returns: Returns::Type(Parameter::DoublePrecision),
    finish: percentile_cont::finish,
    skips_null: true,
}];
