//! The sandbox as a child process: address on its first line, what it saw on its last.

use crate::collection_case::Case;
use anyhow::Context;
use census_sandbox::{Effect, FaultRule, Inventory, Quota, Sandbox, SandboxOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

/// A running child.
pub struct SandboxProcess {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
    /// Where it listens.
    pub url: String,
}

/// What the sandbox was asked.
pub struct Seen {
    /// Requests to API Gateway, refused ones included.
    pub list_calls: u64,
    /// Requests answered with 429.
    pub throttled: u64,
}

impl SandboxProcess {
    /// Starts the sandbox of a case.
    pub fn start(case: Case) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--sandbox", &case.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("the child has a stdout")?);
        let mut url = String::new();
        lines.read_line(&mut url)?;
        Ok(Self { child, lines, url: url.trim().to_owned() })
    }

    /// Ends the child and returns what it saw.
    pub fn stop(mut self) -> anyhow::Result<Seen> {
        drop(self.child.stdin.take());
        let mut line = String::new();
        self.lines.read_line(&mut line)?;
        self.child.wait()?;
        let mut counts = line.split_whitespace().map(str::parse);
        let mut next = || counts.next().context("the sandbox printed no counts");
        Ok(Seen { list_calls: next()??, throttled: next()?? })
    }
}

/// Serves until standard input ends, then prints the counts.
pub async fn serve(case: Case) -> anyhow::Result<()> {
    let options = SandboxOptions::new(Inventory::generated(case.spec()))
        .quota(case.has_quota().then_some(Quota::AWS));
    let sandbox = Sandbox::start(options).await?;
    if !case.latency().is_zero() {
        sandbox.set_faults(vec![FaultRule::new(Effect::Stall(case.latency()))]);
    }
    println!("{}", sandbox.url());
    std::io::stdout().flush()?;
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    let calls = sandbox.calls();
    let list_calls = calls.iter().filter(|call| call.service == "apigateway").count();
    let throttled = calls.iter().filter(|call| call.status == 429).count();
    println!("{list_calls} {throttled}");
    sandbox.stop().await;
    Ok(())
}
