//! The joint between collector and store: what the one reads, the other keeps.

use async_trait::async_trait;
use census_collect::Sink;
use census_directory::scope::{Scope, ScopeReport};
use census_error::Result;
use census_store::Recorder;
use datafusion::arrow::record_batch::RecordBatch;

/// A sink that hands rows and outcomes to the recorder of a run.
pub struct Recording(pub Recorder);

#[async_trait]
impl Sink for Recording {
    async fn plan(&self, scopes: &[Scope]) -> Result<()> {
        self.0.plan(scopes).await
    }

    async fn rows(&self, scope: &Scope, rows: RecordBatch) -> Result<()> {
        self.0.rows(scope, rows).await
    }

    async fn finish(&self, scope: &Scope, report: ScopeReport) -> Result<()> {
        self.0.finish(scope, report).await
    }
}
