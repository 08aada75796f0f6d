//! A whole census: accounts, their regions, and a walk through each.

use crate::account::{Account, identify};
use crate::call::Caller;
use crate::endpoint::{Service, endpoint};
use crate::error::CollectError;
use crate::limiter::Limiter;
use crate::lineage::Place;
use crate::options::{AccountSource, CollectOptions, Quota, RegionSelection};
use crate::plan::Plan;
use crate::progress::{Event, Progress};
use crate::region::{AccountRegion, RegionCheck};
use crate::report::{AccountFailure, RunReport};
use crate::sink::Sink;
use crate::transport::Transport;
use crate::walk::{Ground, Walked, not_enabled_report, walk};
use census_directory::scope::Scope;
use census_directory::{Directory, ListCall};
use chrono::Utc;
use futures::stream::{self, StreamExt};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Accounts identified at a time.
const IDENTITIES_AT_ONCE: usize = 16;

/// Takes censuses of the same accounts and datasets.
pub struct Collector {
    options: CollectOptions,
    plan: Arc<Plan>,
    transport: Transport,
}

/// An account with the regions to walk through.
struct Itinerary {
    account: Arc<Account>,
    check: Arc<RegionCheck>,
    regions: Vec<AccountRegion>,
}

impl Collector {
    /// Plans what the options ask for.
    ///
    /// # Errors
    /// An unknown dataset (42P01), no account, no role or a reserve of all (22023), an unreadable
    /// `AWS_CA_BUNDLE`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers keep the directory in an Arc and need not think of it"
    )]
    pub fn new(options: CollectOptions, directory: Arc<Directory>) -> census_error::Result<Self> {
        if options.accounts.is_empty() {
            return Err(CollectError::NoAccount.into());
        }
        if options.reserve_percent >= 100 {
            return Err(CollectError::InvalidReserve(options.reserve_percent).into());
        }
        let rate = options.quota.map_or(1.0, |quota| quota.rate_per_second);
        if !rate.is_finite() || rate <= 0.0 {
            return Err(CollectError::InvalidQuota(rate).into());
        }
        let plan = Arc::new(Plan::new(&directory, &options.datasets)?);
        options.accounts.iter().try_for_each(check_roles)?;
        let transport = Transport::new(options.retry.attempt_timeout)?;
        Ok(Self { options, plan, transport })
    }

    /// Takes a census: every scope ends in exactly one [`Sink::finish`].
    ///
    /// Dropping the returned future ends all calls.
    ///
    /// # Errors
    /// The sink's, or the first account's where no account can be identified. What one account, region or
    /// dataset refuses is in the report and stops no other.
    pub async fn run(
        &self,
        sink: Arc<dyn Sink>,
        progress: Arc<dyn Progress>,
    ) -> census_error::Result<RunReport> {
        let started_at = Utc::now();
        let (itineraries, mut failures) = self.itineraries(&progress).await;
        if itineraries.is_empty() && !failures.is_empty() {
            return Err(failures.swap_remove(0).error);
        }
        let at_once = Arc::new(Semaphore::new(self.options.regions_at_once.max(1)));
        let mut walks = JoinSet::new();
        for itinerary in &itineraries {
            for region in &itinerary.regions {
                let ground = Arc::new(self.ground(itinerary, &region.name, &sink, &progress)?);
                let (enabled, at_once) = (region.enabled, Arc::clone(&at_once));
                walks.spawn(async move {
                    // The semaphore is never closed; without it the walk would still be right.
                    let _permit = at_once.acquire_owned().await;
                    if enabled { walk(ground).await } else { pass_by(&ground).await }
                });
            }
        }
        let mut report = RunReport {
            started_at,
            finished_at: started_at,
            account_failures: failures,
            ..RunReport::default()
        };
        while let Some(walked) = walks.join_next().await {
            let walked = walked.map_err(CollectError::Task)??;
            report.scopes.extend(walked.scopes);
            report.calls += walked.calls;
            report.throttles += walked.throttles;
        }
        report.scopes.sort_by(|left, right| left.0.cmp(&right.0));
        report.finished_at = Utc::now();
        Ok(report)
    }

    /// Finds out accounts and regions; sources of an account that was found before are left out.
    async fn itineraries(
        &self,
        progress: &Arc<dyn Progress>,
    ) -> (Vec<Itinerary>, Vec<AccountFailure>) {
        let identified: Vec<_> = stream::iter(&self.options.accounts)
            .map(async |source| (source, identify(source, &self.options, &self.transport).await))
            .buffered(IDENTITIES_AT_ONCE)
            .collect()
            .await;
        let (mut itineraries, mut failures, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for (source, account) in identified {
            let account = match account {
                Ok(account) => Arc::new(account),
                Err(error) => {
                    failures.push(account_failure(source, error));
                    continue;
                }
            };
            if !seen.insert(account.id.clone()) {
                tracing::info!(
                    account_id = account.id,
                    source = account.source,
                    "account is collected already"
                );
                continue;
            }
            match self.itinerary(account, progress).await {
                Ok(itinerary) => itineraries.push(itinerary),
                Err(error) => failures.push(account_failure(source, error)),
            }
        }
        (itineraries, failures)
    }

    async fn itinerary(
        &self,
        account: Arc<Account>,
        progress: &Arc<dyn Progress>,
    ) -> Result<Itinerary, CollectError> {
        let service = Service { id: "EC2", prefix: "ec2" };
        let url = endpoint(
            &account.config,
            self.options.endpoint_url.as_deref(),
            service,
            &account.home,
        )?;
        self.endpoints(&account, &account.home)?;
        let check =
            Arc::new(RegionCheck::new(self.caller(&account, &account.home, None, progress), url));
        let enabled = |name: &String| AccountRegion { name: name.clone(), enabled: true };
        let mut regions: Vec<AccountRegion> = match &self.options.regions {
            RegionSelection::Configured => vec![enabled(&account.home)],
            RegionSelection::Listed(names) => names.iter().map(enabled).collect(),
            RegionSelection::All => match check.all().await {
                Ok(regions) => regions.to_vec(),
                Err(failure) => {
                    let account_id = account.id.clone();
                    return Err(CollectError::RegionsUnknown {
                        account_id,
                        failure: failure.clone(),
                    });
                }
            },
        };
        regions.sort_by(|left, right| left.name.cmp(&right.name));
        regions.dedup_by(|left, right| left.name == right.name);
        let scopes = regions.len() * self.plan.requested().count();
        progress.event(Event::AccountFound {
            account_id: &account.id,
            regions: regions.len(),
            scopes,
        });
        Ok(Itinerary { account, check, regions })
    }

    fn ground(
        &self,
        itinerary: &Itinerary,
        region: &str,
        sink: &Arc<dyn Sink>,
        progress: &Arc<dyn Progress>,
    ) -> Result<Ground, CollectError> {
        let account = &itinerary.account;
        Ok(Ground {
            plan: Arc::clone(&self.plan),
            place: Arc::new(Place::new(&account.id, region)),
            endpoints: self.endpoints(account, region)?,
            caller: self.caller(account, region, self.options.quota, progress),
            regions: Arc::clone(&itinerary.check),
            sink: Arc::clone(sink),
            progress: Arc::clone(progress),
            calls_at_once: self.options.calls_per_region.max(1),
        })
    }

    /// Returns where the list of each node of the plan is asked for.
    fn endpoints(&self, account: &Account, region: &str) -> Result<Vec<String>, CollectError> {
        let given = self.options.endpoint_url.as_deref();
        let of_list = |list: &ListCall| {
            let service = Service { id: &list.service, prefix: &list.endpoint_prefix };
            endpoint(&account.config, given, service, region)
        };
        self.plan.nodes.iter().map(|node| of_list(&node.dataset.list)).collect()
    }

    fn caller(
        &self,
        account: &Account,
        region: &str,
        quota: Option<Quota>,
        progress: &Arc<dyn Progress>,
    ) -> Caller {
        Caller {
            account_id: account.id.clone(),
            region: region.to_owned(),
            transport: self.transport.clone(),
            credentials: account.credentials.clone(),
            limiter: quota.map(|quota| Limiter::new(quota, self.options.reserve_percent)),
            retry: self.options.retry,
            progress: Arc::clone(progress),
        }
    }
}

/// Refuses roles whose names can be none, before anybody is asked to let them be assumed.
fn check_roles(source: &AccountSource) -> Result<(), CollectError> {
    let AccountSource::Role { arn, base, .. } = source else {
        return Ok(());
    };
    if !arn.starts_with("arn:") || !arn.contains(":role/") {
        return Err(CollectError::InvalidRole(arn.clone()));
    }
    check_roles(base)
}

/// Ends the scopes of a region that is known not to be enabled.
async fn pass_by(ground: &Ground) -> census_error::Result<Walked> {
    let mut walked = Walked::default();
    for node in ground.plan.requested() {
        let place = &ground.place;
        let scope = Scope {
            account_id: place.account_id.clone(),
            region: place.region.clone(),
            dataset: node.dataset.id.clone(),
        };
        let report = not_enabled_report(Utc::now());
        ground.sink.finish(&scope, report.clone()).await?;
        ground.progress.event(Event::ScopeFinished { scope: &scope, report: &report });
        walked.scopes.push((scope, report));
    }
    Ok(walked)
}

fn account_failure(source: &AccountSource, error: CollectError) -> AccountFailure {
    let source = source.to_string();
    AccountFailure { source, error: error.into() }
}
