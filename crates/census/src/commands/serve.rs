//! `census serve`: answers clients and takes censuses until interrupted.

mod wire;

use super::selection::Selection;
use crate::collecting::Collecting;
use crate::configuration::{Configuration, ServeSection, parse_interval};
use crate::exit::Exit;
use crate::interrupt::{self, Stop};
use crate::surroundings::tell;
use census_collect::Collector;
use census_engine::{Engine, MemoryLimits};
use census_error::{Error, SqlState};
use census_http::Server;
use census_metrics::{CollectionMetrics, Exposition};
use census_store::Store;
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Where PostgreSQL clients are listened to, where nothing else is asked for.
pub const DEFAULT_ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 5433);

/// How long after the first request to stop the process ends, whatever hangs.
const GRACE: Duration = Duration::from_secs(15);

/// Answers clients and takes censuses until interrupted
#[derive(Debug, Args)]
pub struct Serve {
    /// Where PostgreSQL clients are listened to; port 0 takes a free one. Off loopback it needs TLS and users
    /// [default: census.toml's, else 127.0.0.1:5433 where nothing else is served]
    #[arg(long, value_name = "ADDR")]
    pg: Option<SocketAddr>,

    /// Reads a password from standard input and prints what stands for it in census.toml, instead of serving
    #[arg(long, conflicts_with_all = ["pg", "http", "collect_every"])]
    hash_password: bool,

    /// Where HTTP clients are listened to, on loopback; /metrics is for Prometheus, /healthz tells that it is up
    #[arg(long, value_name = "ADDR")]
    http: Option<SocketAddr>,

    /// Takes a census at once and then this often, for example 1h or 30min; the options below say of what
    #[arg(long, value_name = "INTERVAL", value_parser = parse_interval)]
    collect_every: Option<Duration>,

    #[command(flatten)]
    selection: Selection,
}

impl Serve {
    /// Listens and collects, says so on stderr, and goes on until SIGINT or SIGTERM.
    ///
    /// # Errors
    /// Where the store cannot be opened, or what was asked for cannot be had.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        if self.hash_password {
            return wire::hash_password();
        }
        let section = &configuration.serve;
        let every = self.collect_every.or(section.collect_every);
        let http = self.http.or(section.http);
        let is_alone = every.is_none() && http.is_none();
        let pg = self.pg.or(section.pg).or(is_alone.then_some(DEFAULT_ADDRESS));
        refuse_unsaid(every, &self.selection)?;
        let pg = pg.map(|address| wire::options(address, section)).transpose()?;
        let directory = configuration.directory()?;
        let collected = &configuration.collect;
        let collector = match every {
            Some(_) => Some(Collector::new(
                self.selection.options(collected, &directory)?,
                directory.clone(),
            )?),
            None => None,
        };
        let store = match every {
            Some(_) => Store::open_or_create(&configuration.store).await?,
            None => Store::open(&configuration.store).await?,
        };
        let metrics = Arc::new(CollectionMetrics::new());
        let mut ready = Vec::new();
        let mut tasks = JoinSet::new();
        let stop = Stop::listen();
        interrupt::insist(Some(GRACE));
        if let Some(options) = pg {
            let memory = memory(section);
            let engine = Engine::within(memory, Arc::new(store.clone()), directory.clone());
            let server = census_pg::Server::bind(engine, options).await?;
            ready.push(format!("postgres {}", server.address()));
            let stop = stop.clone();
            tasks.spawn(async move {
                server.run(async move { stop.requested().await }).await;
            });
        }
        if let Some(address) = http {
            let exposition = Exposition::new(metrics.clone(), store.clone());
            let server = Server::bind(address, exposition).await?;
            ready.push(format!("http http://{}", server.address()));
            let stop = stop.clone();
            tasks.spawn(server.run(async move { stop.requested().await }));
        }
        if let Some((collector, every)) = collector.zip(every) {
            ready.push(format!("a census every {}", written(every)));
            let max_age = collected.max_age;
            let collecting = Collecting { store, directory, collector, every, max_age, metrics };
            tasks.spawn(collecting.run(stop.clone()));
        }
        tell(&format!("census ready: {}", ready.join(", ")));
        // All end when asked to; one that breaks before ends the rest.
        while let Some(ended) = tasks.join_next().await {
            ended?;
        }
        Ok(Exit::Done)
    }
}

fn memory(section: &ServeSection) -> MemoryLimits {
    let limits = section.memory.map_or_else(MemoryLimits::default, MemoryLimits::of_all);
    let statement = section.statement_memory.unwrap_or(limits.statement);
    MemoryLimits { statement, ..limits }
}

/// Refuses to leave unsaid that what is to be collected never will be.
fn refuse_unsaid(every: Option<Duration>, selection: &Selection) -> Result<(), Error> {
    if every.is_none() && *selection != Selection::default() {
        return Err(Error::new(
            SqlState::InvalidParameterValue,
            "what to collect is given, but not how often",
        )
        .with_hint("Add --collect-every, or take one census with census collect."));
    }
    Ok(())
}

/// Returns an interval as it may be typed.
fn written(every: Duration) -> String {
    let seconds = every.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let fits = units.iter().find(|(unit, _)| seconds.is_multiple_of(*unit));
    fits.map_or_else(String::new, |(unit, name)| format!("{}{name}", seconds / unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_written_as_they_are_typed() {
        let written =
            [90, 1_800, 3_600, 172_800].map(|seconds| written(Duration::from_secs(seconds)));
        assert_eq!(written, ["90s", "30min", "1h", "2d"]);
    }

    #[test]
    fn what_is_never_collected_cannot_be_chosen() {
        let chosen = Selection { regions: vec!["all".to_owned()], ..Selection::default() };
        let error = refuse_unsaid(None, &chosen).unwrap_err();
        assert_eq!(error.message(), "what to collect is given, but not how often");
        assert!(refuse_unsaid(Some(Duration::from_hours(1)), &chosen).is_ok());
    }
}
