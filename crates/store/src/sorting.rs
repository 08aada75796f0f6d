//! Sorts versions by what identifies them, within a bounded amount of memory.

use crate::error::{Result, StoreError};
use crate::layout::{Layout, VALID_FROM};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::compute::SortOptions;
use datafusion::error::DataFusionError;
use datafusion::execution::memory_pool::GreedyMemoryPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::{LexOrdering, PhysicalSortExpr};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::sorts::sort::SortExec;
use datafusion::physical_plan::stream::RecordBatchReceiverStreamBuilder;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};
use datafusion::prelude::SessionConfig;
use std::future::Future;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::Sender;

/// What sorting may hold in memory (bytes); beyond it sorted runs go to the system's temporary folder.
const MEMORY_BYTES: usize = 40 << 20;
/// What is set aside to merge the runs (bytes).
const MERGE_BYTES: usize = 8 << 20;

/// Where a producer puts its rows; they are taken as fast as they can be sorted.
#[derive(Clone)]
pub(crate) struct Output(Sender<datafusion::error::Result<RecordBatch>>);

impl Output {
    /// Hands over rows; returns false once nobody wants them any more.
    pub(crate) async fn send(&self, rows: RecordBatch) -> bool {
        rows.num_rows() == 0 || self.0.send(Ok(rows)).await.is_ok()
    }
}

/// Returns the versions that a producer puts out, in a layout's stored columns, sorted.
pub(crate) fn sorted<F, P>(layout: &Layout, produce: P) -> Result<SendableRecordBatchStream>
where
    P: FnOnce(Output) -> F,
    F: Future<Output = Result<()>> + Send + 'static,
{
    let mut builder = RecordBatchReceiverStreamBuilder::new(layout.stored.clone(), 2);
    let output = Output(builder.tx());
    let produced = produce(output);
    builder.spawn(async move {
        produced.await.map_err(|error| DataFusionError::External(Box::new(error)))
    });
    let source =
        OneStream { schema: layout.stored.clone(), stream: Mutex::new(Some(builder.build())) };

    let input = StreamingTableExec::try_new(
        layout.stored.clone(),
        vec![Arc::new(source)],
        None,
        [],
        false,
        None,
    )?;
    let ordering = LexOrdering::new(sort_columns(layout)?)
        .ok_or_else(|| StoreError::Internal("a table without identity".into()))?;
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(GreedyMemoryPool::new(MEMORY_BYTES)))
        .build_arc()?;
    let mut config = SessionConfig::new();
    config.options_mut().execution.sort_spill_reservation_bytes = MERGE_BYTES;
    let context = TaskContext::default().with_session_config(config).with_runtime(runtime);
    Ok(SortExec::new(ordering, Arc::new(input)).execute(0, Arc::new(context))?)
}

fn sort_columns(layout: &Layout) -> Result<Vec<PhysicalSortExpr>> {
    let mut columns = layout.identity.clone();
    columns.push(layout.stored.index_of(VALID_FROM)?);
    let options = SortOptions { descending: false, nulls_first: true };
    let expression = |index: usize| {
        let column = Column::new(layout.stored.field(index).name(), index);
        PhysicalSortExpr { expr: Arc::new(column), options }
    };
    Ok(columns.into_iter().map(expression).collect())
}

/// A stream that is read once.
struct OneStream {
    schema: datafusion::arrow::datatypes::SchemaRef,
    stream: Mutex<Option<SendableRecordBatchStream>>,
}

impl std::fmt::Debug for OneStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneStream")
    }
}

impl PartitionStream for OneStream {
    fn schema(&self) -> &datafusion::arrow::datatypes::SchemaRef {
        &self.schema
    }

    fn execute(&self, _context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let taken = self.stream.lock().ok().and_then(|mut stream| stream.take());
        taken.unwrap_or_else(|| {
            Box::pin(datafusion::physical_plan::EmptyRecordBatchStream::new(self.schema.clone()))
        })
    }
}
