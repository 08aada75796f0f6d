//! Collection from the sandbox: rows a second and peak memory without a quota, calls and seconds with it.
//!
//! The sandbox runs in a process of its own, so that the memory printed is the collector's and the store's.
//! `bench-collection` prints one line a case; it asserts nothing, since a machine may be slow.

mod sandbox_process;

use anyhow::Context;
use async_trait::async_trait;
use census_collect::{
    AccountSource, CollectOptions, Collector, NoProgress, Quota, RegionSelection, RunReport, Sink,
    StaticCredentials,
};
use census_directory::Directory;
use census_directory::scope::{Scope, ScopeReport};
use census_error::Result;
use census_sandbox::GeneratedSpec;
use census_store::{Recorder, RunInfo, RunOutcome, Store};
use clap::Parser;
use datafusion::arrow::record_batch::RecordBatch;
use sandbox_process::SandboxProcess;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Measures collection from the sandbox.
#[derive(Debug, Parser)]
struct Arguments {
    /// Serves the sandbox of a case instead, until standard input ends (used by the bench itself).
    #[arg(long, hide = true)]
    sandbox: Option<Case>,

    /// Which case to measure.
    #[arg(value_enum, default_values_t = [Case::Throughput, Case::Quota])]
    cases: Vec<Case>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Case {
    /// 200,000 integration responses in one account and region, no quota.
    Throughput,
    /// 533 calls in one account and region, at AWS's quota.
    Quota,
    /// The same with answers that take 200 ms.
    Latency,
    /// The same with a burst that another tool has used up.
    Spent,
    /// 1,000 account-regions with few rows each, no quota.
    Organization,
}

impl Case {
    const fn spec(self) -> GeneratedSpec {
        match self {
            Self::Throughput => GeneratedSpec {
                accounts: 1,
                regions: 1,
                apis: 10,
                integrations: 100,
                responses: 200,
            },
            Self::Quota | Self::Latency | Self::Spent => {
                GeneratedSpec { accounts: 1, regions: 1, apis: 5, integrations: 50, responses: 3 }
            }
            Self::Organization => {
                GeneratedSpec { accounts: 125, regions: 8, apis: 1, integrations: 2, responses: 5 }
            }
        }
    }

    const fn has_quota(self) -> bool {
        matches!(self, Self::Quota | Self::Latency | Self::Spent)
    }

    /// Returns how long every answer takes.
    const fn latency(self) -> Duration {
        match self {
            Self::Latency => Duration::from_millis(200),
            _ => Duration::ZERO,
        }
    }

    /// Returns the list calls that cannot be spared, where each list fits a page of 500: APIs, domain names and VPC
    /// links of a region; six lists of an API; one below each integration and each of as many routes.
    const fn least_calls(self) -> u64 {
        let spec = self.spec();
        let regions = (spec.accounts * spec.regions) as u64;
        regions * (3 + spec.apis as u64 * (6 + 2 * spec.integrations as u64))
    }
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if let Some(case) = arguments.sandbox {
        return runtime.block_on(sandbox_process::serve(case));
    }
    for case in arguments.cases {
        runtime.block_on(measure(case))?;
    }
    Ok(())
}

async fn measure(case: Case) -> anyhow::Result<()> {
    let sandbox = SandboxProcess::start(case)?;
    let folder = tempfile::tempdir()?;
    let location = folder.path().to_string_lossy().into_owned();
    let directory = Arc::new(Directory::builtin().clone());
    let store = Store::open_or_create(&location).await?;
    let recorder = store.recorder(&directory, RunInfo::new(vec![], vec![], vec![])).await?;
    let sink = Arc::new(Recording(recorder));
    let collector = Collector::new(options(case, &sandbox.url), directory)?;
    let before = match case {
        Case::Spent => spend_burst(&sandbox.url).await?,
        _ => RunReport::default(),
    };
    let started = Instant::now();
    let report = collector.run(sink.clone(), Arc::new(NoProgress)).await?;
    let collected = started.elapsed().as_secs_f64();
    sink.0.close(RunOutcome::Finished).await?;
    let elapsed = started.elapsed().as_secs_f64();
    let rows: u64 = report.scopes.iter().map(|(_, scope)| scope.rows).sum();
    let seen = sandbox.stop()?;
    println!(
        "{case:?}: {rows} rows in {elapsed:.2} s = {:.0} rows/s; peak memory {} MB; \
         {} list calls of {} least; {} throttled; complete: {}",
        as_float(rows) / elapsed,
        peak_megabytes().context("peak memory cannot be read")?,
        seen.list_calls - before.calls,
        case.least_calls(),
        seen.throttled - before.throttles,
        report.is_complete(),
    );
    if case.has_quota() {
        let quota = Quota::API_GATEWAY;
        let burst = if case == Case::Spent { 0.0 } else { quota.burst };
        let allowed = (as_float(case.least_calls()) - burst) / quota.rate_per_second;
        println!(
            "{case:?}: {collected:.2} s collecting of {allowed:.2} s allowed by the bucket = {:.3}",
            collected / allowed
        );
    }
    Ok(())
}

/// Asks without pace until everything is refused, as another tool might.
async fn spend_burst(url: &str) -> anyhow::Result<RunReport> {
    let mut options = CollectOptions { quota: None, ..options(Case::Spent, url) };
    options.retry.throttle_attempts = 1;
    let collector = Collector::new(options, Arc::new(Directory::builtin().clone()))?;
    Ok(collector.run(Arc::new(Nothing), Arc::new(NoProgress)).await?)
}

fn options(case: Case, url: &str) -> CollectOptions {
    let account = |number: usize| {
        AccountSource::Static(StaticCredentials {
            access_key_id: format!("AKIAGENERATED{number:07}"),
            secret_access_key: "generated-secret".to_owned(),
            session_token: None,
        })
    };
    CollectOptions {
        accounts: (0..case.spec().accounts).map(account).collect(),
        regions: RegionSelection::All,
        reserve_percent: 0,
        quota: case.has_quota().then_some(Quota::API_GATEWAY),
        endpoint_url: Some(url.to_owned()),
        ..CollectOptions::default()
    }
}

/// Keeps nothing.
struct Nothing;

#[async_trait]
impl Sink for Nothing {
    async fn rows(&self, _scope: &Scope, _rows: RecordBatch) -> Result<()> {
        Ok(())
    }

    async fn finish(&self, _scope: &Scope, _report: ScopeReport) -> Result<()> {
        Ok(())
    }
}

struct Recording(Recorder);

#[async_trait]
impl Sink for Recording {
    async fn rows(&self, scope: &Scope, rows: RecordBatch) -> Result<()> {
        self.0.rows(scope, rows).await
    }

    async fn finish(&self, scope: &Scope, report: ScopeReport) -> Result<()> {
        self.0.finish(scope, report).await
    }
}

/// Returns the largest resident size this process ever had (Linux: `VmHWM`).
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
fn as_float(count: u64) -> f64 {
    count as f64
}
