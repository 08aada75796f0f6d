//! `information_schema.routines`: a row for each form of each function, made of the functions' records.

use crate::tables::{CATALOG, batch, texts};
use census_dialect::functions::{self, FunctionRecord, Implementation};
use census_error::Result;
use datafusion::arrow::array::RecordBatch;
use datafusion::logical_expr::Volatility;

/// One form of a function.
struct Routine {
    record: &'static FunctionRecord,
    /// Counted from 1 within the function.
    number: usize,
    /// The type of the result, as the form names it.
    returns: &'static str,
}

/// Returns `information_schema.routines`; the summary stands in `routine_definition`, which PostgreSQL leaves to the body.
pub(crate) fn routines() -> Result<RecordBatch> {
    let shown = functions::all().iter().filter(|record| !record.syntax.is_empty());
    let routines: Vec<Routine> = shown.flat_map(|record| forms(record)).collect();
    let names: Vec<String> = routines
        .iter()
        .map(|routine| format!("{}_{}", routine.record.name, routine.number))
        .collect();
    let constant = |value: &'static str| texts(routines.iter().map(move |_| value));
    batch(vec![
        ("specific_catalog", constant(CATALOG)),
        ("specific_schema", constant("pg_catalog")),
        ("specific_name", texts(names.iter().map(String::as_str))),
        ("routine_catalog", constant(CATALOG)),
        ("routine_schema", constant("pg_catalog")),
        ("routine_name", texts(routines.iter().map(|routine| routine.record.name))),
        ("routine_type", constant("FUNCTION")),
        ("data_type", texts(routines.iter().map(|routine| routine.returns))),
        ("routine_body", constant("EXTERNAL")),
        ("routine_definition", texts(routines.iter().map(|routine| routine.record.summary))),
        ("external_language", constant("RUST")),
        (
            "is_deterministic",
            texts(routines.iter().map(|routine| is_deterministic(routine.record))),
        ),
    ])
}

fn forms(record: &'static FunctionRecord) -> impl Iterator<Item = Routine> {
    (1..).zip(record.syntax.lines()).map(move |(number, form)| {
        let returns = form.rsplit_once('→').map_or("", |(_, returns)| returns.trim());
        Routine { record, number, returns }
    })
}

/// Tells, in the standard's words, whether equal arguments always give equal results.
fn is_deterministic(record: &FunctionRecord) -> &'static str {
    let volatility = match record.implementation {
        Implementation::Scalar(function) => function().signature().volatility,
        Implementation::Aggregate(function) => function().signature().volatility,
        _ => Volatility::Immutable,
    };
    if volatility == Volatility::Immutable { "YES" } else { "NO" }
}
