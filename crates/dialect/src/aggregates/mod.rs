//! Aggregates that DataFusion computes otherwise than PostgreSQL: one file an aggregate, one line here.

mod sum;

use datafusion::logical_expr::AggregateUDF;
use std::sync::Arc;

/// Returns the aggregates, to be registered after DataFusion's own, whose names they take.
#[must_use]
pub fn aggregates() -> Vec<Arc<AggregateUDF>> {
    vec![Arc::new(AggregateUDF::new_from_impl(sum::Sum::default()))]
}
