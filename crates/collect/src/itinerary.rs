//! Whose resources are looked at, and where: accounts with their regions, and accounts that let nobody in.

use crate::account::{Account, Bases, account_of_role, identify};
use crate::collector::Collector;
use crate::endpoint::{Service, endpoint};
use crate::error::CollectError;
use crate::lineage::Place;
use crate::options::{AccountSource, RegionSelection};
use crate::organization;
use crate::progress::{Event, Progress};
use crate::region::{AccountRegion, RegionCheck};
use crate::report::AccountFailure;
use crate::walk::scope;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use chrono::Utc;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::{self, StreamExt};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// Accounts identified at a time.
const IDENTITIES_AT_ONCE: usize = 16;

/// An account with the regions to walk through.
pub(crate) struct Itinerary {
    /// The account.
    pub(crate) account: Arc<Account>,
    /// Tells which regions it may use.
    pub(crate) check: Arc<RegionCheck>,
    /// Where to.
    pub(crate) regions: Vec<AccountRegion>,
}

/// Every account that was asked for.
#[derive(Default)]
pub(crate) struct Itineraries {
    /// Those that can be walked.
    pub(crate) found: Vec<Itinerary>,
    /// Sources that led to no account, or to one whose regions are not known.
    pub(crate) failures: Vec<AccountFailure>,
    /// The scopes of accounts that are known by their roles and let nobody in.
    pub(crate) unreachable: Vec<(Scope, ScopeReport)>,
}

/// An account that is known by the name of its role and could not be entered.
struct Closed {
    account_id: String,
    report: ScopeReport,
}

impl Collector {
    /// Finds out accounts and regions; sources of an account that was found before are left out.
    pub(crate) async fn itineraries(&self, progress: &Arc<dyn Progress>) -> Itineraries {
        let bases = Bases::new(self.sdk_client(progress));
        let mut itineraries = Itineraries::default();
        let mut sources = self.options.accounts.clone();
        match Box::pin(self.members(&bases, progress)).await {
            Ok(members) => sources.extend(members),
            Err(failure) => itineraries.failures.push(failure),
        }
        // Boxed one by one: the compiler cannot see that a stream that borrows them may change threads.
        let mut asked: Vec<BoxFuture<'_, _>> = Vec::with_capacity(sources.len());
        for source in &sources {
            asked.push(self.itinerary(source, &bases, progress).boxed());
        }
        let accounts: Vec<_> = stream::iter(asked).buffered(IDENTITIES_AT_ONCE).collect().await;
        let (mut closed, mut seen) = (Vec::new(), HashSet::new());
        for (source, itinerary) in sources.iter().zip(accounts) {
            match itinerary {
                Ok(itinerary) if seen.insert(itinerary.account.id.clone()) => {
                    itineraries.found.push(itinerary);
                }
                Ok(itinerary) => {
                    let Account { id, source, .. } = &*itinerary.account;
                    tracing::info!(account_id = id, source, "account is collected already");
                }
                Err(error) => {
                    closed.extend(closed_account(source, &error));
                    itineraries.failures.push(account_failure(source, error));
                }
            }
        }
        for itinerary in &itineraries.found {
            self.announce(itinerary, progress);
        }
        closed.retain(|closed: &Closed| !seen.contains(&closed.account_id));
        itineraries.unreachable = self.unreachable(closed, &itineraries.found);
        itineraries
    }

    /// Returns the sources of the organization's accounts, where one is asked for.
    async fn members(
        &self,
        bases: &Bases,
        progress: &Arc<dyn Progress>,
    ) -> Result<Vec<AccountSource>, AccountFailure> {
        let Some(organization) = &self.options.organization else {
            return Ok(Vec::new());
        };
        let base = &organization.base;
        let listed = async {
            let asking = identify(base, &self.options, bases).await?;
            let caller = self.caller(&asking, &asking.home, progress);
            organization::members(organization, &asking, &caller, &self.options).await
        };
        listed.await.map_err(|error| account_failure(base, error))
    }

    async fn itinerary(
        &self,
        source: &AccountSource,
        bases: &Bases,
        progress: &Arc<dyn Progress>,
    ) -> Result<Itinerary, CollectError> {
        let account = identify(source, &self.options, bases).await?;
        let account = Arc::new(account);
        let service = Service { id: "EC2", prefix: "ec2" };
        let given = self.options.endpoint_url.as_deref();
        let url = endpoint(&account.config, given, service, &account.home)?;
        self.endpoints(&account, &account.home)?;
        let caller = self.caller(&account, &account.home, progress);
        let check = Arc::new(RegionCheck::new(caller, url));
        let mut regions = self.regions(&account, &check).await?;
        regions.sort_by(|left, right| left.name.cmp(&right.name));
        regions.dedup_by(|left, right| left.name == right.name);
        Ok(Itinerary { account, check, regions })
    }

    async fn regions(
        &self,
        account: &Account,
        check: &RegionCheck,
    ) -> Result<Vec<AccountRegion>, CollectError> {
        let enabled = |name: &String| AccountRegion { name: name.clone(), enabled: true };
        let patterns = match &self.options.regions {
            RegionSelection::Configured => return Ok(vec![enabled(&account.home)]),
            RegionSelection::Listed(names) => return Ok(names.iter().map(enabled).collect()),
            RegionSelection::All => None,
            RegionSelection::Matching(patterns) => Some(patterns),
        };
        let listed = check.all().await.map_err(|failure| CollectError::RegionsUnknown {
            account_id: account.id.clone(),
            failure: failure.clone(),
        })?;
        let Some(patterns) = patterns else {
            return Ok(listed.to_vec());
        };
        let fits =
            |region: &&AccountRegion| patterns.iter().any(|pattern| matches(pattern, &region.name));
        let fitting: Vec<AccountRegion> = listed.iter().filter(fits).cloned().collect();
        if fitting.is_empty() {
            let quoted: Vec<String> =
                patterns.iter().map(|pattern| format!("\"{pattern}\"")).collect();
            return Err(CollectError::NoRegionMatches {
                account_id: account.id.clone(),
                patterns: quoted.join(", "),
            });
        }
        Ok(fitting)
    }

    fn announce(&self, itinerary: &Itinerary, progress: &Arc<dyn Progress>) {
        let account_id = &itinerary.account.id;
        let mut scopes = 0;
        for region in &itinerary.regions {
            let place = Place::new(account_id, &region.name);
            let is_fresh =
                |id: &str| region.enabled && self.options.fresh.contains(&scope(id, &place));
            scopes += self.plan.requested().filter(|node| !is_fresh(&node.dataset.id)).count();
        }
        let regions = itinerary.regions.len();
        progress.event(Event::AccountFound { account_id, regions, scopes });
    }

    /// Returns the scopes of accounts that let nobody in, in the regions that were named or, where none were, in
    /// those that any other account may use: nobody can be asked for their own.
    fn unreachable(&self, closed: Vec<Closed>, found: &[Itinerary]) -> Vec<(Scope, ScopeReport)> {
        let regions: BTreeSet<&str> = if let RegionSelection::Listed(names) = &self.options.regions
        {
            names.iter().map(String::as_str).collect()
        } else {
            let known = found.iter().flat_map(|itinerary| &itinerary.regions);
            known.filter(|region| region.enabled).map(|region| region.name.as_str()).collect()
        };
        let mut scopes = Vec::new();
        for Closed { account_id, report } in closed {
            for region in &regions {
                let place = Place::new(&account_id, region);
                let wanted = self.plan.requested().map(|node| scope(&node.dataset.id, &place));
                scopes.extend(wanted.map(|scope| (scope, report.clone())));
            }
        }
        scopes
    }
}

/// Returns the account that a role belongs to, with what keeps everybody out.
fn closed_account(source: &AccountSource, error: &CollectError) -> Option<Closed> {
    let AccountSource::Role { arn, .. } = source else { return None };
    let account_id = account_of_role(arn)?;
    let CollectError::CredentialsFailed { reason, .. } = error else { return None };
    let outcome = if reason.is_connection { Outcome::Failed } else { Outcome::Denied };
    let report = ScopeReport {
        error_code: reason.code.clone(),
        error_message: Some(format!("the role \"{arn}\" could not be assumed: {}", reason.message)),
        ..ScopeReport::of_no_call(outcome, Utc::now())
    };
    Some(Closed { account_id: account_id.to_owned(), report })
}

fn account_failure(source: &AccountSource, error: CollectError) -> AccountFailure {
    AccountFailure { source: source.to_string(), error: error.into() }
}

/// Tells whether a name fits a pattern in which `*` stands for any characters.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    // There is one, since `split` gives at least one.
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_characters() {
        for (pattern, fits) in [
            ("eu-*", true),
            ("*-1", true),
            ("*west*", true),
            ("eu-west-1", true),
            ("e*-w*-*", true),
            ("*", true),
            ("eu-w", false),
            ("us-*", false),
            ("*-2", false),
            ("eu-west-1*-1", false),
        ] {
            assert_eq!(matches(pattern, "eu-west-1"), fits, "{pattern}");
        }
    }
}
