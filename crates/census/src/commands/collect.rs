//! `census collect`: takes a census of accounts and regions.

use super::selection::Selection;
use crate::configuration::{Configuration, parse_age};
use crate::exit::Exit;
use crate::expectation::Expectation;
use crate::freshness::KnownScopes;
use crate::interrupt;
use crate::progress::{Allowance, CollectProgress, ProgressFormat};
use crate::taken::{self, Taken};
use census_collect::{CollectOptions, Collector};
use census_directory::Directory;
use census_error::{Error, SqlState};
use census_store::Store;
use clap::Args;
use std::sync::Arc;
use std::time::Duration;

/// Takes a census: reads accounts and regions and records what is there
///
/// Progress and a summary go to stderr, with one line for each list that could not be read; its last good rows are
/// kept. Credentials, regions and endpoints come from where AWS's own tools look for them.
#[derive(Debug, Args)]
pub struct Collect {
    #[command(flatten)]
    selection: Selection,

    /// Leaves out what was read whole no longer ago than this, for example 1h or 30min
    #[arg(long, value_name = "AGE", value_parser = parse_age)]
    max_age: Option<Duration>,

    /// How progress is told: bar or plain lines on stderr, or json, one object a line on stdout
    #[arg(long, value_enum, default_value_t = ProgressFormat::Text)]
    format: ProgressFormat,
}

impl Collect {
    /// Collects into the store, prints progress and a summary.
    ///
    /// # Errors
    /// Where no account can be reached at all, or the store cannot be written.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = configuration.directory()?;
        let section = &configuration.collect;
        let mut options = self.selection.options(section, &directory)?;
        if configuration.store == "memory:" {
            return Err(Error::new(
                SqlState::InvalidParameterValue,
                "a census is not kept in the store \"memory:\", which ends with the command",
            )
            .with_hint("Name a folder or a bucket with --store.")
            .into());
        }
        let store = Store::open_or_create(&configuration.store).await?;
        let known = KnownScopes::read(&store, self.max_age.or(section.max_age)).await?;
        (options.known, options.fresh) = (known.known, known.fresh);
        interrupt::insist(None);
        let taken = take(&store, &directory, options, self.format).await?;
        taken.print(self.format);
        Ok(taken.exit())
    }
}

/// Collects into the store and shows it; on an interrupt, whole scopes read so far are kept.
pub async fn take(
    store: &Store,
    directory: &Arc<Directory>,
    options: CollectOptions,
    format: ProgressFormat,
) -> anyhow::Result<Taken> {
    let expectation = Expectation::read(store, directory, &options.datasets).await?;
    let quota = Allowance::of(&options);
    let collector = Collector::new(options, directory.clone())?;
    let progress = Arc::new(CollectProgress::new(format, expectation, quota));
    let stop = interrupt::requested();
    let taken = taken::take(store, directory, &collector, progress.clone(), stop).await;
    progress.clear();
    if let (Err(error), ProgressFormat::Json) = (&taken, format) {
        taken::print_broken_off(error);
    }
    Ok(taken?)
}
