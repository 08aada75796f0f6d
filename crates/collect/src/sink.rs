//! Where collected rows go; the collector knows no store.

use async_trait::async_trait;
use census_directory::scope::{Scope, ScopeReport};
use datafusion::arrow::array::RecordBatch;

/// Takes the rows of scopes and how each scope ended.
///
/// Scopes of several regions are handed over at the same time; within one scope, calls follow each other.
#[async_trait]
pub trait Sink: Send + Sync {
    /// Takes rows of an open scope, in the dataset's schema; nothing becomes visible before `finish`.
    ///
    /// # Errors
    /// Whatever keeps the rows from being taken; it ends the whole census.
    async fn rows(&self, scope: &Scope, rows: RecordBatch) -> census_error::Result<()>;

    /// Takes the end of a scope, once; only a complete one proves that rows are gone.
    ///
    /// # Errors
    /// Whatever keeps the scope from being recorded; it ends the whole census.
    async fn finish(&self, scope: &Scope, report: ScopeReport) -> census_error::Result<()>;
}
