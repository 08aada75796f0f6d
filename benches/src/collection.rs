//! How well a census is collected, measured on the sandbox: calls, time at the quota, throttling, memory, rows a second.
//!
//! `bench-collection` measures every case, prints a line of each, and then the figures beside what is wanted of them.
//! Each case runs in a process of its own, so that its peak memory is its own, and its sandbox in another. It asserts
//! nothing, since a machine may be slow.

mod collection_case;
mod collection_figures;
mod sandbox_process;

use anyhow::Context;
use async_trait::async_trait;
use census_collect::{CollectOptions, Collector, NoProgress, RunReport, Sink};
use census_directory::Directory;
use census_directory::scope::{Scope, ScopeReport};
use census_error::Result;
use census_store::{Recorder, RunInfo, RunOutcome, Store};
use clap::{Parser, ValueEnum};
use collection_case::Case;
use collection_figures::{Measured, figures};
use datafusion::arrow::record_batch::RecordBatch;
use sandbox_process::SandboxProcess;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

/// That of the binary, whose memory is what is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures collection from the sandbox.
#[derive(Debug, Parser)]
struct Arguments {
    /// Serves the sandbox of a case instead, until standard input ends (used by the bench itself).
    #[arg(long, hide = true)]
    sandbox: Option<Case>,

    /// Measures one case in this process, as JSON (used by the bench itself).
    #[arg(long, hide = true)]
    alone: Option<Case>,

    /// Which cases to measure [default: all, about four minutes at API Gateway's quota].
    #[arg(value_enum)]
    cases: Vec<Case>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if let Some(case) = arguments.sandbox {
        return runtime.block_on(sandbox_process::serve(case));
    }
    if let Some(case) = arguments.alone {
        let measured = runtime.block_on(measure(case))?;
        println!("{}", serde_json::to_string(&measured)?);
        return Ok(());
    }
    let mut cases = arguments.cases;
    if cases.is_empty() {
        cases = Case::value_variants().to_vec();
    }
    let mut measured = Vec::new();
    for case in cases {
        let found = measure_apart(case)?;
        println!("{found}");
        measured.push((case, found));
    }
    println!();
    for figure in figures(&measured) {
        println!("{figure}");
    }
    Ok(())
}

/// Measures a case in a process of its own.
fn measure_apart(case: Case) -> anyhow::Result<Measured> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--alone", &case.name()])
        .stderr(Stdio::inherit())
        .output()?;
    anyhow::ensure!(output.status.success(), "the case {} failed", case.name());
    serde_json::from_slice(&output.stdout).context("a measurement is not JSON")
}

async fn measure(case: Case) -> anyhow::Result<Measured> {
    let sandbox = SandboxProcess::start(case)?;
    let folder = tempfile::tempdir()?;
    let location = folder.path().to_string_lossy().into_owned();
    let directory = Arc::new(Directory::builtin().clone());
    let store = Store::open_or_create(&location).await?;
    let recorder = store.recorder(&directory, RunInfo::new(vec![], vec![], vec![])).await?;
    let sink = Arc::new(Recording(recorder));
    let collector = Collector::new(case.options(&sandbox.url), directory)?;
    let before = match case {
        Case::Spent => spend_burst(&sandbox.url).await?,
        _ => RunReport::default(),
    };
    let started = Instant::now();
    let report = collector.run(sink.clone(), Arc::new(NoProgress)).await?;
    let collected = started.elapsed().as_secs_f64();
    sink.0.close(RunOutcome::Finished).await?;
    let elapsed = started.elapsed().as_secs_f64();
    let seen = sandbox.stop()?;
    Ok(Measured {
        case: case.name(),
        places: case.places(),
        rows: report.scopes.iter().map(|(_, scope)| scope.rows).sum(),
        seconds: elapsed,
        collecting_seconds: collected,
        allowed_seconds: case.allowed_seconds(),
        list_calls: seen.list_calls - before.calls,
        least_list_calls: case.least_list_calls(),
        other_calls: report.requests.values().sum::<u64>() - report.calls,
        least_other_calls: case.least_other_calls(),
        throttled: seen.throttled - before.throttles,
        peak_megabytes: peak_megabytes().context("peak memory cannot be read")?,
        complete: report.is_complete(),
    })
}

/// Asks without pace until everything is refused, as another tool might.
async fn spend_burst(url: &str) -> anyhow::Result<RunReport> {
    let mut options = CollectOptions { quota: None, ..Case::Spent.options(url) };
    options.retry.throttle_attempts = 1;
    let collector = Collector::new(options, Arc::new(Directory::builtin().clone()))?;
    Ok(collector.run(Arc::new(Nothing), Arc::new(NoProgress)).await?)
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
