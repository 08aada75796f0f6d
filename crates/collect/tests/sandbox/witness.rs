//! A sink that keeps everything, and the options of a quick census of the sandbox.

use async_trait::async_trait;
use census_collect::{
    AccountSource, CollectOptions, Collector, NoProgress, Organization, RegionSelection,
    RetryPolicy, RunReport, Sink, StaticCredentials,
};
use census_directory::Directory;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use census_sandbox::Sandbox;
use census_types::format_value;
use datafusion::arrow::array::RecordBatch;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const PAYMENTS: &str = "111122223333";
pub const SUPPORT: &str = "444455556666";

pub const API: &str = "aws.apigatewayv2_api";
pub const INTEGRATION: &str = "aws.apigatewayv2_integration";
pub const RESPONSE: &str = "aws.apigatewayv2_integrationresponse";

#[derive(Default)]
pub struct Witness {
    batches: Mutex<BTreeMap<Scope, Vec<RecordBatch>>>,
    finished: Mutex<Vec<(Scope, ScopeReport)>>,
    planned: Mutex<Vec<Scope>>,
    refuses: bool,
}

impl Witness {
    /// Returns a sink that takes no end of a scope.
    pub fn refusing() -> Self {
        Self { refuses: true, ..Self::default() }
    }

    /// Returns a column of all rows of a dataset as text, sorted.
    pub fn column(&self, dataset: &str, column: &str) -> Vec<String> {
        let mut values = Vec::new();
        for (scope, batches) in self.batches.lock().unwrap().iter() {
            for batch in batches.iter().filter(|_| scope.dataset == dataset) {
                let schema = batch.schema();
                let (index, field) = schema.column_with_name(column).unwrap();
                for row in 0..batch.num_rows() {
                    let mut text = String::new();
                    format_value(batch.column(index), field, row, &mut text).unwrap();
                    values.push(text);
                }
            }
        }
        values.sort();
        values
    }

    pub fn planned(&self) -> Vec<Scope> {
        self.planned.lock().unwrap().clone()
    }

    pub fn finished(&self) -> Vec<(Scope, ScopeReport)> {
        self.finished.lock().unwrap().clone()
    }
}

#[async_trait]
impl Sink for Witness {
    async fn plan(&self, scopes: &[Scope]) -> census_error::Result<()> {
        assert!(self.batches.lock().unwrap().is_empty() && self.finished().is_empty());
        self.planned.lock().unwrap().extend_from_slice(scopes);
        Ok(())
    }

    async fn rows(&self, scope: &Scope, rows: RecordBatch) -> census_error::Result<()> {
        assert!(rows.num_rows() <= 4096);
        self.batches.lock().unwrap().entry(scope.clone()).or_default().push(rows);
        Ok(())
    }

    async fn finish(&self, scope: &Scope, report: ScopeReport) -> census_error::Result<()> {
        if self.refuses {
            return Err(census_error::Error::new(
                census_error::SqlState::DiskFull,
                "no room is left",
            ));
        }
        self.finished.lock().unwrap().push((scope.clone(), report));
        Ok(())
    }
}

pub fn keys(id: &str, secret: &str) -> AccountSource {
    AccountSource::Static(StaticCredentials {
        access_key_id: id.to_owned(),
        secret_access_key: secret.to_owned(),
        session_token: None,
    })
}

pub fn payments() -> AccountSource {
    keys("AKIASANDBOXPAYMENTS1", "sandbox-payments-secret")
}

/// Returns options that wait for nothing longer than a few milliseconds.
pub fn options(sandbox: &Sandbox, datasets: &[&str]) -> CollectOptions {
    CollectOptions {
        accounts: vec![payments()],
        regions: RegionSelection::Listed(vec!["us-east-1".to_owned()]),
        datasets: datasets.iter().map(|&dataset| dataset.to_owned()).collect(),
        quota: None,
        retry: RetryPolicy {
            base_delay: Duration::from_millis(1),
            max_delay: Duration::from_millis(2),
            ..RetryPolicy::default()
        },
        endpoint_url: Some(sandbox.url()),
        ..CollectOptions::default()
    }
}

pub async fn collect(options: CollectOptions) -> (census_error::Result<RunReport>, Arc<Witness>) {
    collect_into(options, Witness::default()).await
}

pub async fn collect_into(
    options: CollectOptions,
    witness: Witness,
) -> (census_error::Result<RunReport>, Arc<Witness>) {
    let witness = Arc::new(witness);
    let directory = Arc::new(Directory::builtin().clone());
    let sink: Arc<dyn Sink> = Arc::clone(&witness) as _;
    let report = match Collector::new(options, directory) {
        Ok(collector) => collector.run(sink, Arc::new(NoProgress)).await,
        Err(error) => Err(error),
    };
    (report, witness)
}

/// Returns how the scope of a dataset ended; there must be one region.
pub fn ended(report: &RunReport, dataset: &str) -> ScopeReport {
    let mut ended = report.scopes.iter().filter(|(scope, _)| scope.dataset == dataset);
    let (_, report) = ended.next().unwrap();
    assert!(ended.next().is_none());
    report.clone()
}

pub fn outcome(report: &RunReport, dataset: &str) -> Outcome {
    ended(report, dataset).outcome
}

/// Returns options for the members of an organization, of these units and not of those.
pub fn organization(sandbox: &Sandbox, include: &[&str], exclude: &[&str]) -> CollectOptions {
    let texts = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
    CollectOptions {
        accounts: Vec::new(),
        organization: Some(Organization {
            base: payments(),
            role_name: Organization::ROLE_NAME.to_owned(),
            external_id: None,
            include: texts(include),
            exclude: texts(exclude),
        }),
        ..options(sandbox, &[API])
    }
}
