//! `census collect`: takes a census of accounts and regions.

use crate::configuration::{Configuration, MAXIMUM_RESERVE};
use crate::exit::Exit;
use crate::interrupt;
use crate::progress::CollectProgress;
use crate::recording::Recording;
use crate::surroundings::tell;
use census_collect::{AccountSource, CollectOptions, Collector, RegionSelection, RunReport};
use census_directory::Directory;
use census_directory::scope::Outcome;
use census_error::{Error, SqlState};
use census_store::{RunInfo, RunOutcome, RunSummary, Store};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Takes a census: reads accounts and regions and records what is there
///
/// Progress and a summary go to stderr, with one line for each list that could not be read; its last good rows are
/// kept. Credentials, regions and endpoints come from where AWS's own tools look for them.
#[derive(Debug, Args)]
pub struct Collect {
    /// Regions, or all [default: the region that AWS's configuration names]
    #[arg(long, value_delimiter = ',', value_name = "all|R1,R2")]
    regions: Vec<String>,

    /// A profile of AWS's shared configuration; may be given several times
    #[arg(long = "profile", value_name = "PROFILE", value_parser = NonEmptyStringValueParser::new())]
    profiles: Vec<String>,

    /// A role to assume; may be given several times
    #[arg(long = "role-arn", value_name = "ARN")]
    role_arns: Vec<String>,

    /// Datasets, as aws.apigatewayv2_api or apigatewayv2_api [default: all]
    #[arg(long, value_delimiter = ',', value_name = "D1,D2")]
    datasets: Vec<String>,

    /// Share of API Gateway's quota that is left to the account's owner, in percent [default: 0]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=i64::from(MAXIMUM_RESERVE)))]
    reserve: Option<u8>,
}

impl Collect {
    /// Collects into the store, prints progress and a summary on stderr.
    ///
    /// # Errors
    /// Where no account can be reached at all, or the store cannot be written.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = Arc::new(Directory::builtin().clone());
        let options = self.options(configuration, &directory)?;
        let store = Arc::new(Store::open_or_create(&configuration.store).await?);
        interrupt::insist(None);
        let taken = take(&store, &directory, options).await?;
        taken.print();
        Ok(taken.exit())
    }

    fn options(
        self,
        configuration: &Configuration,
        directory: &Directory,
    ) -> Result<CollectOptions, Error> {
        let section = &configuration.collect;
        let or = |given: Vec<String>, configured: &[String]| {
            if given.is_empty() { configured.to_vec() } else { given }
        };
        let is_explicit = !self.profiles.is_empty() || !self.role_arns.is_empty();
        let (profiles, role_arns) = if is_explicit {
            (self.profiles, self.role_arns)
        } else {
            (section.profiles.clone(), section.role_arns.clone())
        };
        let datasets = or(self.datasets, &section.datasets)
            .iter()
            .map(|name| dataset_id(directory, name))
            .collect::<Result<_, Error>>()?;
        Ok(CollectOptions {
            accounts: accounts(profiles, role_arns)?,
            regions: regions(or(self.regions, &section.regions))?,
            datasets,
            reserve_percent: self.reserve.or(section.reserve).unwrap_or(0),
            ..CollectOptions::default()
        })
    }
}

/// A census that was taken: what was read, what changed, how long it took.
pub struct Taken {
    report: RunReport,
    summary: RunSummary,
    elapsed: Duration,
}

/// Collects into the store; on an interrupt, whole scopes read so far are kept.
pub async fn take(
    store: &Arc<Store>,
    directory: &Arc<Directory>,
    options: CollectOptions,
) -> anyhow::Result<Taken> {
    let started = Instant::now();
    let run = RunInfo::new(Vec::new(), Vec::new(), options.datasets.clone());
    let recorder = store.recorder(directory, run).await?;
    let recording = Arc::new(Recording(recorder));
    let progress = Arc::new(CollectProgress::new());
    let collector = Collector::new(options, directory.clone())?;
    let collected = tokio::select! {
        collected = collector.run(recording.clone(), progress.clone()) => collected,
        () = interrupt::requested() => Err(Error::new(
            SqlState::QueryCanceled,
            "the census was interrupted",
        )
        .with_hint("Scopes that were read whole are kept; the next run reads the others.")),
    };
    progress.clear();
    let ended = if collected.is_ok() { RunOutcome::Finished } else { RunOutcome::Failed };
    let closed = recording.0.close(ended).await;
    let report = collected?;
    Ok(Taken { report, summary: closed?, elapsed: started.elapsed() })
}

impl Taken {
    /// Prints a line an account that could not be reached, then the summary.
    pub fn print(&self) {
        for failure in &self.report.account_failures {
            tell(&census_error::terminal(&failure.error, None));
        }
        let scopes = &self.report.scopes;
        let rows: u64 = scopes.iter().map(|(_, report)| report.rows).sum();
        let outcomes: Vec<String> = Outcome::ALL
            .iter()
            .map(|outcome| (outcome, self.count(*outcome)))
            .filter(|(_, count)| *count > 0)
            .map(|(outcome, count)| format!("{count} {}", outcome.as_str().replace('_', " ")))
            .collect();
        let summary = &self.summary;
        tell(&format!(
            "{} scopes ({}), {rows} rows ({} created, {} updated, {} deleted), {} calls in {:.1} s",
            scopes.len(),
            outcomes.join(", "),
            summary.created,
            summary.updated,
            summary.deleted,
            self.report.calls,
            self.elapsed.as_secs_f64(),
        ));
    }

    /// Tells how the command ends: 3 where anything could not be read.
    pub fn exit(&self) -> Exit {
        if self.report.is_complete() { Exit::Done } else { Exit::Incomplete }
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.report.scopes.iter().filter(|(_, report)| report.outcome == outcome).count()
    }
}

/// One profile beside roles is who assumes them, as with `aws --profile`; roles alone are assumed by the default
/// credentials.
fn accounts(profiles: Vec<String>, role_arns: Vec<String>) -> Result<Vec<AccountSource>, Error> {
    if role_arns.is_empty() {
        let sources: Vec<AccountSource> =
            profiles.into_iter().map(AccountSource::Profile).collect();
        return Ok(if sources.is_empty() { vec![AccountSource::Default] } else { sources });
    }
    let base = match profiles.as_slice() {
        [] => AccountSource::Default,
        [profile] => AccountSource::Profile(profile.clone()),
        several => {
            return Err(Error::new(
                SqlState::InvalidParameterValue,
                format!("roles are assumed by one profile, but {} are given", several.len()),
            )
            .with_hint("Collect the roles of each profile in a run of its own."));
        }
    };
    let assumed =
        |arn| AccountSource::Role { arn, external_id: None, base: Box::new(base.clone()) };
    Ok(role_arns.into_iter().map(assumed).collect())
}

fn regions(names: Vec<String>) -> Result<RegionSelection, Error> {
    if names.is_empty() {
        return Ok(RegionSelection::Configured);
    }
    if names.iter().any(|name| name == "all") {
        return Ok(RegionSelection::All);
    }
    let is_name = |name: &str| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    if let Some(name) = names.iter().find(|name| !is_name(name)) {
        return Err(Error::new(
            SqlState::InvalidParameterValue,
            format!("invalid region name \"{name}\""),
        )
        .with_hint("Regions are named as in eu-west-1; all stands for every enabled one."));
    }
    Ok(RegionSelection::Listed(names))
}

fn dataset_id(directory: &Directory, name: &str) -> Result<String, Error> {
    let name = if name.contains('.') { name.to_owned() } else { format!("aws.{name}") };
    let found = directory.dataset(&name).map_err(|error| {
        let error = Error::from(error);
        if error.hint().is_some() { error } else { error.with_hint("census directory lists them.") }
    });
    Ok(found?.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_region_is_refused_before_any_call() {
        let error = regions(vec!["EU West".to_owned()]).unwrap_err();
        assert_eq!(error.message(), "invalid region name \"EU West\"");
    }

    #[test]
    fn one_profile_assumes_the_roles_given_beside_it() {
        let sources =
            accounts(vec!["audit".to_owned()], vec!["arn:aws:iam::1:role/r".to_owned()]).unwrap();
        let AccountSource::Role { base, .. } = &sources[0] else {
            panic!("expected a role, got {sources:?}");
        };
        assert_eq!(**base, AccountSource::Profile("audit".to_owned()));
        assert_eq!(sources.len(), 1);
    }

    #[test]
    fn roles_are_not_assumed_by_several_profiles() {
        let profiles = vec!["audit".to_owned(), "prod".to_owned()];
        let error = accounts(profiles, vec!["arn:aws:iam::1:role/r".to_owned()]).unwrap_err();
        assert_eq!(error.message(), "roles are assumed by one profile, but 2 are given");
    }

    #[test]
    fn dataset_may_leave_out_its_schema() {
        let directory = Directory::builtin();
        assert_eq!(dataset_id(directory, "apigatewayv2_api").unwrap(), "aws.apigatewayv2_api");
        assert!(dataset_id(directory, "apigatewayv2_apo").is_err());
    }
}
