//! `census plan`: what a census would take, and what it has to be allowed.

use super::selection::Selection;
use crate::configuration::Configuration;
use crate::exit::Exit;
use crate::expectation::{Expectation, ExpectedPlace, listed};
use crate::surroundings::{counted, tell};
use anyhow::Context;
use census_collect::{CollectOptions, Collector, Quota, SurveyedPlace};
use census_directory::{Dataset, Directory};
use census_error::Error;
use census_store::Store;
use chrono::SecondsFormat;
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// Tells what a census would look at, how many calls and seconds it takes, and which permissions
///
/// Nothing is listed: only the accounts and their regions are asked for. The calls are those of the last census of
/// the same scopes.
#[derive(Debug, Args)]
pub struct Plan {
    #[command(flatten)]
    selection: Selection,

    /// Prints only the IAM policy, as JSON; nobody is asked
    #[arg(long)]
    policy: bool,
}

/// What is to be said of an account's region.
struct Line {
    place: SurveyedPlace,
    expected: ExpectedPlace,
}

impl Plan {
    /// Prints the plan on stdout, a summary on stderr.
    ///
    /// # Errors
    /// Where no account can be reached, or the store cannot be read.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = configuration.directory()?;
        let options = self.selection.options(&configuration.collect, &directory)?;
        let collector = Collector::new(options.clone(), directory.clone())?;
        let policy = serde_json::to_string_pretty(&collector.policy())? + "\n";
        let mut stdout = std::io::stdout();
        if self.policy {
            stdout.write_all(policy.as_bytes()).context("stdout cannot be written")?;
            return Ok(Exit::Done);
        }
        let expectation = expectation(configuration, &directory, &options).await?;
        let survey = collector.survey().await?;
        let preparation = preparation(&survey.requests);
        for failure in &survey.account_failures {
            tell(&census_error::terminal(&failure.error, None));
        }
        let listed = listed(&directory, &options.datasets)?;
        let lines = lines(survey.places, &expectation, &listed);
        let scopes = listed
            .iter()
            .filter(|dataset| options.datasets.is_empty() || options.datasets.contains(&dataset.id))
            .count();
        let text = format!("{}\n{policy}", table(&lines, scopes, options.reserve_percent));
        stdout.write_all(text.as_bytes()).context("stdout cannot be written")?;
        tell(&format!("{}{preparation}", summary(&lines, scopes, &options)));
        Ok(if survey.account_failures.is_empty() { Exit::Done } else { Exit::Incomplete })
    }
}

/// Of a region that was never looked at, only the lists that nothing lies above are known.
fn lines(places: Vec<SurveyedPlace>, expectation: &Expectation, listed: &[&Dataset]) -> Vec<Line> {
    let never = ExpectedPlace {
        calls: listed.iter().filter(|dataset| dataset.parent.is_none()).count() as u64,
        unknown: listed.len(),
        tried_at: None,
    };
    let expected = |place: &SurveyedPlace| {
        let known = expectation.of_place(&place.account_id, &place.region);
        known.unwrap_or(&never).clone()
    };
    places.into_iter().map(|place| Line { expected: expected(&place), place }).collect()
}

/// A store that is not there yet knows nothing, which is no error.
async fn expectation(
    configuration: &Configuration,
    directory: &Arc<Directory>,
    options: &CollectOptions,
) -> Result<Expectation, Error> {
    match Store::open(&configuration.store).await {
        Ok(store) => Expectation::read(&store, directory, &options.datasets).await,
        Err(error) if error.sqlstate() == census_error::SqlState::ObjectNotInPrerequisiteState => {
            Ok(Expectation::default())
        }
        Err(error) => Err(error),
    }
}

fn table(lines: &[Line], scopes: usize, reserve: u8) -> String {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING).set_header([
        "Account",
        "Region",
        "Scopes",
        "Calls",
        "Seconds",
        "Last tried",
    ]);
    for Line { place, expected } in lines {
        let (calls, seconds, tried) = if place.enabled {
            let more = if expected.unknown > 0 { " or more" } else { "" };
            let tried = expected
                .tried_at
                .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true).replacen('T', " ", 1));
            (
                format!("{}{more}", expected.calls),
                format!("{:.0}{more}", shortest(expected.calls, reserve).as_secs_f64().ceil()),
                tried.unwrap_or_else(|| "never".to_owned()),
            )
        } else {
            ("0".to_owned(), "0".to_owned(), "region not enabled".to_owned())
        };
        let scopes = scopes.to_string();
        table.add_row([&place.account_id, &place.region, &scopes, &calls, &seconds, &tried]);
    }
    format!("{table}\n")
}

fn shortest(calls: u64, reserve: u8) -> Duration {
    Quota::API_GATEWAY.shortest(calls, reserve)
}

fn summary(lines: &[Line], scopes: usize, options: &CollectOptions) -> String {
    let enabled: Vec<&ExpectedPlace> =
        lines.iter().filter(|line| line.place.enabled).map(|line| &line.expected).collect();
    let calls: u64 = enabled.iter().map(|expected| expected.calls).sum();
    let is_partly_unknown = enabled.iter().any(|expected| expected.unknown > 0);
    let reserve = options.reserve_percent;
    // Accounts and regions share no quota, so that the slowest decides.
    let longest = enabled.iter().map(|expected| shortest(expected.calls, reserve)).max();
    let longest = longest.unwrap_or_default();
    let mut text = counted((enabled.len() * scopes) as u64, "scope");
    let at_least = if is_partly_unknown { "at least " } else { "" };
    // Writing into a String cannot fail.
    let _ = write!(
        text,
        ", {at_least}{}, {at_least}{:.0} s at {}% of the quota of {} requests per second",
        counted(calls, "call"),
        longest.as_secs_f64().ceil(),
        100 - reserve,
        Quota::API_GATEWAY.rate_per_second,
    );
    if is_partly_unknown {
        text.push_str("; what was never collected is known after the first census");
    }
    text
}

/// Returns what a census calls before its first list; these services have quotas of their own.
fn preparation(requests: &BTreeMap<String, u64>) -> String {
    let calls: Vec<String> =
        requests.iter().map(|(service, count)| format!("{count} of {service}")).collect();
    if calls.is_empty() {
        return String::new();
    }
    format!("; before them calls that find accounts and regions: {}", calls.join(", "))
}
