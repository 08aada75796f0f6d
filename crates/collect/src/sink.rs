//! Where collected rows go; the collector knows no store.

use async_trait::async_trait;
use census_directory::scope::{Scope, ScopeReport};
use datafusion::arrow::array::RecordBatch;

/// Takes the rows of scopes and how each scope ended.
///
/// Scopes of several regions are handed over at the same time; within one scope, calls follow each other.
#[async_trait]
pub trait Sink: Send + Sync {
    /// Takes the scopes that will end, before anything is listed: a run that is cut short must not look like one that
    /// had less to read. Whoever keeps nothing need not know.
    ///
    /// # Errors
    /// Whatever keeps the plan from being recorded; it ends the whole census.
    async fn plan(&self, _scopes: &[Scope]) -> census_error::Result<()> {
        Ok(())
    }

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
