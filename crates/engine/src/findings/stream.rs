//! Reads the inputs one after another, and judges responses while they stream by.

use super::facts::{CompleteScopes, Facts};
use super::inputs::{APIS, INTEGRATIONS, RESPONSES, ROUTE_RESPONSES, ROUTES};
use super::judge::judge;
use super::rows::{FindingRows, Place};
use census_apigateway::check::{Checker, Finding, ListedResponse};
use census_directory::census_tables;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::common::Result;
use datafusion::common::runtime::SpawnedTask;
use datafusion::error::DataFusionError;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchReceiverStream;
use datafusion::physical_plan::streaming::PartitionStream;
use datafusion::physical_plan::{EmptyRecordBatchStream, ExecutionPlan, execute_stream};
use futures::StreamExt;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::mpsc::Sender;

/// Scans of the inputs by dataset.
pub(super) type Scans = HashMap<&'static str, Arc<dyn ExecutionPlan>>;

/// All findings, as one partition.
#[derive(Debug)]
pub(super) struct FindingsStream {
    pub(super) schema: SchemaRef,
    pub(super) scans: Scans,
    pub(super) complete: Arc<CompleteScopes>,
}

impl PartitionStream for FindingsStream {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let mut builder = RecordBatchReceiverStream::builder(Arc::clone(&self.schema), 2);
        let reservation =
            MemoryConsumer::new(census_tables::FINDINGS.id).register(context.memory_pool());
        let work = Work {
            scans: self.scans.clone(),
            complete: Arc::clone(&self.complete),
            checker: Arc::default(),
            sender: builder.tx(),
            reservation,
            context,
        };
        builder.spawn(work.run());
        builder.build()
    }
}

/// One run over the inputs.
struct Work {
    scans: Scans,
    complete: Arc<CompleteScopes>,
    checker: Arc<Checker>,
    sender: Sender<Result<RecordBatch>>,
    reservation: MemoryReservation,
    context: Arc<TaskContext>,
}

impl Work {
    async fn run(self) -> Result<()> {
        let facts = Arc::new(self.facts().await?);
        let listed = self.responses(&facts).await?;
        self.integrations(&facts, listed).await
    }

    /// Reads everything but responses, and judges routes on the way.
    async fn facts(&self) -> Result<Facts> {
        let mut facts = Facts::default();
        let mut batches = self.batches(APIS.dataset)?;
        while let Some(batch) = batches.next().await {
            facts.add_apis(&batch?)?;
            self.reservation.try_resize(facts.weight)?;
        }
        let mut batches = self.batches(INTEGRATIONS.dataset)?;
        while let Some(batch) = batches.next().await {
            facts.add_integrations(&batch?, &self.complete)?;
            self.reservation.try_resize(facts.weight)?;
        }
        let mut batches = self.batches(ROUTE_RESPONSES.dataset)?;
        while let Some(batch) = batches.next().await {
            facts.add_route_responses(&batch?)?;
            self.reservation.try_resize(facts.weight)?;
        }
        let mut batches = self.batches(ROUTES.dataset)?;
        while let Some(batch) = batches.next().await {
            let mut rows = FindingRows::default();
            let mut findings: Vec<Finding> = Vec::new();
            facts.add_routes(&batch?, &self.complete, &mut |route| {
                self.checker.route(&route.facts, &mut findings);
                let place = Place {
                    dataset: ROUTES.dataset,
                    key: route.key,
                    account_id: route.account_id,
                    region: route.region,
                };
                findings.drain(..).for_each(|finding| rows.push(place, &finding));
            })?;
            self.send(rows.take()?).await;
        }
        Ok(facts)
    }

    /// Judges every response by itself, several batches at a time; returns what is kept of each for its integration.
    async fn responses(&self, facts: &Arc<Facts>) -> Result<Vec<Vec<ListedResponse>>> {
        let mut listed: Vec<Vec<ListedResponse>> = Vec::new();
        listed.resize_with(facts.integrations.len(), Vec::new);
        let at_once = self.context.session_config().target_partitions();
        let judged = self.batches(RESPONSES.dataset)?.map(|batch| {
            let (facts, checker) = (Arc::clone(facts), Arc::clone(&self.checker));
            let task = SpawnedTask::spawn_blocking(move || judge(&facts, &checker, &batch?));
            async {
                task.join_unwind()
                    .await
                    .map_err(|error| DataFusionError::External(Box::new(error)))?
            }
        });
        let mut judged = judged.buffered(at_once);
        while let Some(batch) = judged.next().await {
            let batch = batch?;
            let mut weight = 0;
            for (place, response) in batch.listed {
                weight +=
                    size_of::<ListedResponse>() + response.id.as_ref().map_or(0, |id| id.len());
                if let Some(responses) = listed.get_mut(place) {
                    responses.push(response);
                }
            }
            self.reservation.try_grow(weight)?;
            for rows in batch.rows {
                self.send(rows).await;
            }
        }
        Ok(listed)
    }

    /// Judges the responses of each integration together.
    async fn integrations(&self, facts: &Facts, listed: Vec<Vec<ListedResponse>>) -> Result<()> {
        let mut rows = FindingRows::default();
        let mut findings: Vec<Finding> = Vec::new();
        for (integration, mut responses) in facts.integrations.iter().zip(listed) {
            if integration.api.is_http {
                continue;
            }
            let (account_id, region) = (&*integration.account_id, &*integration.region);
            let is_complete = self.complete.has(account_id, region, RESPONSES.dataset);
            let context = &integration.context;
            // Batches come in no order, and answers must not depend on it.
            responses.sort_unstable_by(|left, right| left.id.cmp(&right.id));
            self.checker.responses(context, &responses, is_complete, &mut findings);
            for finding in findings.drain(..) {
                let key = &integration.key;
                let response = finding.subject.response_id.as_deref();
                let of_response = response.map(|id| format!("{key}/integrationresponses/{id}"));
                let place = match &of_response {
                    Some(key) => Place { dataset: RESPONSES.dataset, key, account_id, region },
                    None => Place { dataset: INTEGRATIONS.dataset, key, account_id, region },
                };
                rows.push(place, &finding);
            }
            if rows.are_enough() {
                self.send(rows.take()?).await;
            }
        }
        self.send(rows.take()?).await;
        Ok(())
    }

    /// Returns the rows of an input; none of one that the directory does not have.
    fn batches(&self, dataset: &str) -> Result<SendableRecordBatchStream> {
        if let Some(scan) = self.scans.get(dataset) {
            return execute_stream(Arc::clone(scan), Arc::clone(&self.context));
        }
        Ok(Box::pin(EmptyRecordBatchStream::new(Arc::new(Schema::empty()))))
    }

    async fn send(&self, rows: RecordBatch) {
        if rows.num_rows() > 0 {
            // Nobody listens any more: the stream was dropped, and this task is about to be.
            let _ = self.sender.send(Ok(rows)).await;
        }
    }
}
