//! `census forget`: takes an account, or regions of it, out of the present.

use crate::configuration::Configuration;
use crate::exit::Exit;
use crate::surroundings::tell;
use census_error::{Error, SqlState};
use census_store::{CoverageRow, Store};
use clap::Args;
use std::collections::BTreeSet;

/// Takes an account that is closed, or a region of it, out of every answer; its history is kept
///
/// What cannot be read is kept and told as incomplete for as long as anybody asks. This says that it is not to be read
/// again. A census that reads it again brings it back.
#[derive(Debug, Args)]
pub struct Forget {
    /// The account's 12 digits
    #[arg(long, value_name = "ID")]
    account: String,

    /// Only this region of it, or these, separated by commas [default: all of them]
    #[arg(long, value_name = "REGIONS", value_delimiter = ',')]
    regions: Vec<String>,
}

impl Forget {
    /// Ends the rows and the coverage, and says how much there was.
    ///
    /// # Errors
    /// 22023 for an account or region of which nothing is known; those of the store.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = configuration.directory()?;
        let store = Store::open(&configuration.store).await?;
        let known = store.coverage(&[]).await?;
        let regions = self.regions_of(&known)?;
        let places: Vec<(String, String)> =
            regions.into_iter().map(|region| (self.account.clone(), region)).collect();
        let rows = store.forget(&directory, &places).await?;
        tell(&format!(
            "forgot {rows} rows of account {} in {} regions",
            self.account,
            places.len()
        ));
        Ok(Exit::Done)
    }

    /// Returns the regions that are meant, all of which are known.
    fn regions_of(&self, known: &[CoverageRow]) -> Result<BTreeSet<String>, Error> {
        let of_account = known.iter().filter(|row| row.scope.account_id == self.account);
        let found: BTreeSet<String> = of_account.map(|row| row.scope.region.clone()).collect();
        if found.is_empty() {
            let accounts: BTreeSet<&str> =
                known.iter().map(|row| row.scope.account_id.as_str()).collect();
            return Err(unknown("account", &self.account, accounts.into_iter()));
        }
        if self.regions.is_empty() {
            return Ok(found);
        }
        if let Some(absent) = self.regions.iter().find(|region| !found.contains(*region)) {
            return Err(unknown("region", absent, found.iter().map(String::as_str)));
        }
        Ok(self.regions.iter().cloned().collect())
    }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let message = format!("nothing is known of {what} \"{name}\"");
    let error = Error::new(SqlState::InvalidParameterValue, message);
    match census_directory::nearest(name, known) {
        Some(nearest) => error.with_hint(format!("Perhaps \"{nearest}\".")),
        None => error.with_hint("census.coverage lists accounts and regions."),
    }
}
