//! Whose resources are looked at, and where: accounts with their regions, and what of it cannot be looked at.

use crate::account::{Account, Bases, account_of_role, identify};
use crate::collector::Collector;
use crate::endpoint::{Service, endpoint};
use crate::error::CollectError;
use crate::lineage::Place;
use crate::options::{AccountSource, RegionSelection};
use crate::organization::{self, Departed, Members};
use crate::progress::{Event, Progress};
use crate::region::{AccountRegion, RegionCheck};
use crate::region_names::{is_known, matches, nearest};
use crate::report::AccountFailure;
use crate::unread::{Closed, Inquest, Unread, distinct};
use crate::walk::scope;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::{self, StreamExt};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Accounts identified at a time.
const IDENTITIES_AT_ONCE: usize = 16;

/// An account with the regions to walk through.
pub(crate) struct Itinerary {
    /// The account.
    pub(crate) account: Arc<Account>,
    /// Tells which regions it may use.
    pub(crate) check: Arc<RegionCheck>,
    /// Where to, sorted by name.
    pub(crate) regions: Vec<AccountRegion>,
    /// The names and patterns that fit none of its regions.
    unmatched: BTreeSet<String>,
}

/// Every account that was asked for.
#[derive(Default)]
pub(crate) struct Itineraries {
    /// Those that can be walked.
    pub(crate) found: Vec<Itinerary>,
    /// Sources that led to no account, or to one whose regions are not known; and regions that do not exist.
    pub(crate) failures: Vec<AccountFailure>,
    /// The scopes of accounts that let nobody in; what keeps them out is among the failures.
    pub(crate) closed: Vec<Unread>,
    /// Known scopes of accounts and regions that are there no more.
    pub(crate) lost: Vec<Unread>,
}

/// The regions of an account that are meant.
struct Chosen {
    regions: Vec<AccountRegion>,
    unmatched: BTreeSet<String>,
}

impl Collector {
    /// Finds out accounts and regions; the regions of sources that lead to the same account are taken together.
    pub(crate) async fn itineraries(&self, progress: &Arc<dyn Progress>) -> Itineraries {
        let bases = Bases::new(self.sdk_client(progress));
        let mut itineraries = Itineraries::default();
        let mut sources = self.options.accounts.clone();
        let mut departed = None;
        match Box::pin(self.members(&bases, progress)).await {
            Ok(Some(members)) => {
                sources.extend(members.sources);
                departed = Some(members.departed);
            }
            Ok(None) => {}
            Err(failure) => itineraries.failures.push(failure),
        }
        // Boxed one by one: the compiler cannot see that a stream that borrows them may change threads.
        let mut asked: Vec<BoxFuture<'_, _>> = Vec::with_capacity(sources.len());
        for source in &sources {
            asked.push(self.itinerary(source, &bases, progress).boxed());
        }
        let accounts: Vec<_> = stream::iter(asked).buffered(IDENTITIES_AT_ONCE).collect().await;
        let mut closed = Vec::new();
        for (source, itinerary) in sources.iter().zip(accounts) {
            match itinerary {
                Ok(itinerary) => itineraries.add(itinerary),
                Err(error) => {
                    let account_id = account_id(source, &error);
                    closed.extend(account_id.clone().map(|id| Closed::of(source, id, &error)));
                    itineraries.failures.push(account_failure(source, account_id, error));
                }
            }
        }
        itineraries.blame_unmatched();
        self.settle(&mut itineraries, closed, departed.as_ref());
        for itinerary in &itineraries.found {
            self.announce(itinerary, progress);
        }
        itineraries
    }

    /// Works out what should be read and cannot be.
    fn settle(
        &self,
        itineraries: &mut Itineraries,
        mut closed: Vec<Closed>,
        departed: Option<&Departed>,
    ) {
        let read = itineraries.accounts();
        closed.retain(|closed| !read.contains(&closed.account_id));
        let inquest = Inquest { options: &self.options, plan: &self.plan };
        let shut = inquest.of_closed(&closed, &itineraries.found);
        let mut lost: Vec<Unread> =
            itineraries.found.iter().flat_map(|itinerary| inquest.of_regions(itinerary)).collect();
        if let Some(departed) = departed {
            let mut tried = read;
            tried.extend(closed.into_iter().map(|closed| closed.account_id));
            lost.extend(inquest.of_departed(departed, &tried));
        }
        itineraries.closed = distinct(shut);
        itineraries.lost = distinct(lost);
    }

    /// Returns the organization's accounts, where one is asked for.
    async fn members(
        &self,
        bases: &Bases,
        progress: &Arc<dyn Progress>,
    ) -> Result<Option<Members>, AccountFailure> {
        let Some(organization) = &self.options.organization else {
            return Ok(None);
        };
        let base = &organization.base;
        let listed = async {
            let asking = identify(base, &self.options, bases).await?;
            let caller = self.caller(&asking, &asking.home, progress);
            organization::members(organization, &asking, &caller, &self.options).await
        };
        listed.await.map(Some).map_err(|error| account_failure(base, None, error))
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
        let Chosen { mut regions, unmatched } = self.regions(&account, &check).await?;
        sort(&mut regions);
        Ok(Itinerary { account, check, regions, unmatched })
    }

    async fn regions(
        &self,
        account: &Account,
        check: &RegionCheck,
    ) -> Result<Chosen, CollectError> {
        let patterns = match &self.options.regions {
            RegionSelection::Configured => {
                return named(account, check, std::slice::from_ref(&account.home)).await;
            }
            RegionSelection::Listed(names) => return named(account, check, names).await,
            RegionSelection::All => None,
            RegionSelection::Matching(patterns) => Some(patterns),
        };
        let listed = listed(account, check).await?;
        let Some(patterns) = patterns else {
            return Ok(Chosen { regions: listed.to_vec(), unmatched: BTreeSet::new() });
        };
        let fits = |pattern: &str| {
            let pattern = pattern.to_owned();
            move |region: &&AccountRegion| matches(&pattern, &region.name)
        };
        let mut chosen = Chosen { regions: Vec::new(), unmatched: BTreeSet::new() };
        for pattern in patterns {
            let before = chosen.regions.len();
            chosen.regions.extend(listed.iter().filter(fits(pattern)).cloned());
            if chosen.regions.len() == before {
                chosen.unmatched.insert(pattern.clone());
            }
        }
        if chosen.regions.is_empty() {
            let quoted: Vec<String> =
                patterns.iter().map(|pattern| format!("\"{pattern}\"")).collect();
            return Err(CollectError::NoRegionMatches {
                account_id: account.id.clone(),
                patterns: quoted.join(", "),
            });
        }
        Ok(chosen)
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
}

impl Itineraries {
    /// Adds an account, or the regions of another source to one that was found before.
    fn add(&mut self, itinerary: Itinerary) {
        let is_same = |known: &&mut Itinerary| known.account.id == itinerary.account.id;
        let Some(known) = self.found.iter_mut().find(is_same) else {
            self.found.push(itinerary);
            return;
        };
        let Account { id, source, .. } = &*itinerary.account;
        tracing::info!(account_id = id, source, "account is found already");
        known.regions.extend(itinerary.regions);
        sort(&mut known.regions);
        known.unmatched.retain(|name| itinerary.unmatched.contains(name));
    }

    /// Adds a failure for each name and pattern that fits no region of any account.
    fn blame_unmatched(&mut self) {
        let mut accounts = self.found.iter().map(|itinerary| &itinerary.unmatched);
        let Some(first) = accounts.next() else { return };
        let unmatched = accounts.fold(first.clone(), |left, right| &left & right);
        self.failures.extend(unmatched.into_iter().map(|name| AccountFailure {
            source: format!("the region \"{name}\""),
            account_id: None,
            error: unknown_region(&name).into(),
        }));
    }
}

/// Returns the regions of these names. A name that may be misspelt is looked up in AWS's own list, and is none where
/// nobody can be asked: what does not exist must not be waited for to be complete.
async fn named(
    account: &Account,
    check: &RegionCheck,
    names: &[String],
) -> Result<Chosen, CollectError> {
    let enabled = |name: &String| AccountRegion { name: name.clone(), enabled: true };
    let (known, doubtful): (Vec<&String>, Vec<&String>) =
        names.iter().partition(|name| is_known(name));
    let mut chosen =
        Chosen { regions: known.into_iter().map(enabled).collect(), unmatched: BTreeSet::new() };
    if doubtful.is_empty() {
        return Ok(chosen);
    }
    let listed = listed(account, check).await;
    for name in doubtful {
        let mut regions = listed.iter().flat_map(|regions| regions.iter());
        match regions.find(|region| region.name == *name) {
            Some(region) => chosen.regions.push(region.clone()),
            None => drop(chosen.unmatched.insert(name.clone())),
        }
    }
    match chosen.unmatched.first() {
        Some(name) if chosen.regions.is_empty() => Err(unknown_region(name)),
        _ => Ok(chosen),
    }
}

async fn listed<'a>(
    account: &Account,
    check: &'a RegionCheck,
) -> Result<&'a [AccountRegion], CollectError> {
    check.all().await.map_err(|failure| CollectError::RegionsUnknown {
        account_id: account.id.clone(),
        failure: failure.clone(),
    })
}

fn unknown_region(name: &str) -> CollectError {
    CollectError::UnknownRegion { name: name.to_owned(), nearest: nearest(name) }
}

fn sort(regions: &mut Vec<AccountRegion>) {
    regions.sort_by(|left, right| left.name.cmp(&right.name));
    regions.dedup_by(|left, right| left.name == right.name);
}

/// Returns the account that a failure is about, where it is known: by the error, or by the name of a role.
fn account_id(source: &AccountSource, error: &CollectError) -> Option<String> {
    match (error, source) {
        (
            CollectError::RegionsUnknown { account_id, .. }
            | CollectError::NoRegionMatches { account_id, .. },
            _,
        ) => Some(account_id.clone()),
        (_, AccountSource::Role { arn, .. }) => account_of_role(arn).map(str::to_owned),
        _ => None,
    }
}

fn account_failure(
    source: &AccountSource,
    account_id: Option<String>,
    error: CollectError,
) -> AccountFailure {
    AccountFailure { source: source.to_string(), account_id, error: error.into() }
}
