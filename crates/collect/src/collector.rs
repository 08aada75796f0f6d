//! A whole census: accounts, their regions, and a walk through each.

use crate::account::Account;
use crate::call::{Caller, Silence};
use crate::endpoint::{Service, endpoint};
use crate::error::CollectError;
use crate::itinerary::{Itineraries, Itinerary};
use crate::limiters::Limiters;
use crate::lineage::Place;
use crate::options::{AccountSource, CollectOptions, Known};
use crate::plan::{Node, Plan};
use crate::progress::{Event, NoProgress, Progress, RequestCount};
use crate::report::{RunReport, Survey, SurveyedPlace};
use crate::sdk_client::SdkClient;
use crate::sink::Sink;
use crate::transport::Transport;
use crate::unread::Unread;
use crate::walk::{Ground, Walked, not_enabled_report, scope, walk};
use census_directory::scope::Scope;
use census_directory::{Directory, ListCall};
use chrono::Utc;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Takes censuses of the same accounts and datasets, all within the same quotas; clones share these too.
#[derive(Clone)]
pub struct Collector {
    pub(crate) options: CollectOptions,
    pub(crate) plan: Arc<Plan>,
    pub(crate) transport: Transport,
    pub(crate) limiters: Arc<Limiters>,
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
        if options.accounts.is_empty() && options.organization.is_none() {
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
        options.organization.iter().try_for_each(|organization| check_roles(&organization.base))?;
        let transport = Transport::new(options.retry.attempt_timeout)?;
        let limiters = Arc::new(Limiters::new(options.quota, options.reserve_percent));
        Ok(Self { options, plan, transport, limiters })
    }

    /// Returns the same collector that knows of earlier censuses, and leaves out scopes that are fresh enough.
    #[must_use]
    pub fn knowing(&self, known: Known, fresh: HashSet<Scope>) -> Self {
        let options = CollectOptions { fresh, known, ..self.options.clone() };
        Self { options, ..self.clone() }
    }

    /// Returns what it collects, and how gently.
    #[must_use]
    pub fn options(&self) -> &CollectOptions {
        &self.options
    }

    /// Finds out what a census would look at: accounts and their regions. Nothing is listed.
    ///
    /// # Errors
    /// The first account's where none can be identified.
    pub async fn survey(&self) -> census_error::Result<Survey> {
        let count = Arc::new(RequestCount::before(Arc::new(NoProgress)));
        let progress: Arc<dyn Progress> = count.clone();
        let Itineraries { found, mut failures, .. } = self.itineraries(&progress).await;
        if found.is_empty() && !failures.is_empty() {
            return Err(failures.swap_remove(0).error);
        }
        let mut places = Vec::new();
        for itinerary in &found {
            places.extend(itinerary.regions.iter().map(|region| SurveyedPlace {
                account_id: itinerary.account.id.clone(),
                region: region.name.clone(),
                enabled: region.enabled,
            }));
        }
        Ok(Survey { places, requests: count.requests(), account_failures: failures })
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
        let count = Arc::new(RequestCount::before(progress));
        let progress: Arc<dyn Progress> = count.clone();
        let itineraries = self.itineraries(&progress).await;
        sink.plan(&self.planned(&itineraries)).await?;
        let Itineraries { found, mut failures, closed, lost } = itineraries;
        for (scope, report) in closed.iter().chain(&lost) {
            sink.finish(scope, report.clone()).await?;
        }
        tell_lost(&lost, progress.as_ref());
        if found.is_empty() && !failures.is_empty() {
            return Err(failures.swap_remove(0).error);
        }
        let at_once = Arc::new(Semaphore::new(self.options.regions_at_once.max(1)));
        let mut walks = JoinSet::new();
        let mut fresh = 0;
        for itinerary in &found {
            for region in &itinerary.regions {
                let ground = Arc::new(self.ground(itinerary, &region.name, &sink, &progress)?);
                let asked = self.plan.requested().count();
                fresh += asked - ground.wanted.iter().filter(|wanted| **wanted).count();
                let (enabled, at_once) = (region.enabled, Arc::clone(&at_once));
                walks.spawn(async move {
                    // The semaphore is never closed; without it the walk would still be right.
                    let _permit = at_once.acquire_owned().await;
                    visit(ground, enabled).await
                });
            }
        }
        let mut report = RunReport {
            started_at,
            finished_at: started_at,
            account_failures: failures,
            fresh,
            ..RunReport::default()
        };
        report.scopes.extend(closed.into_iter().chain(lost));
        while let Some(walked) = walks.join_next().await {
            let walked = walked.map_err(CollectError::Task)??;
            report.scopes.extend(walked.scopes);
            report.calls += walked.calls;
            report.throttles += walked.throttles;
        }
        report.scopes.sort_by(|left, right| left.0.cmp(&right.0));
        report.requests = count.requests();
        report.finished_at = Utc::now();
        Ok(report)
    }

    /// Returns the scopes that will end, but for those of regions that are not enabled: these hide nothing.
    fn planned(&self, itineraries: &Itineraries) -> Vec<Scope> {
        let unread = itineraries.closed.iter().chain(&itineraries.lost);
        let mut scopes: Vec<Scope> = unread.map(|(scope, _)| scope.clone()).collect();
        for itinerary in &itineraries.found {
            for region in itinerary.regions.iter().filter(|region| region.enabled) {
                let place = Place::new(&itinerary.account.id, &region.name);
                scopes.extend(self.plan.requested().map(|node| scope(&node.dataset.id, &place)));
            }
        }
        scopes.retain(|scope| !self.options.fresh.contains(scope));
        scopes
    }

    fn ground(
        &self,
        itinerary: &Itinerary,
        region: &str,
        sink: &Arc<dyn Sink>,
        progress: &Arc<dyn Progress>,
    ) -> Result<Ground, CollectError> {
        let account = &itinerary.account;
        let place = Place::new(&account.id, region);
        let is_wanted = |node: &Node| {
            node.requested && !self.options.fresh.contains(&scope(&node.dataset.id, &place))
        };
        Ok(Ground {
            wanted: self.plan.nodes.iter().map(is_wanted).collect(),
            plan: Arc::clone(&self.plan),
            place: Arc::new(place),
            endpoints: self.endpoints(account, region)?,
            caller: self.caller(account, region, progress),
            regions: Arc::clone(&itinerary.check),
            sink: Arc::clone(sink),
            progress: Arc::clone(progress),
            calls_at_once: self.options.calls_per_region.max(1),
        })
    }

    /// Returns where the list of each node of the plan is asked for.
    pub(crate) fn endpoints(
        &self,
        account: &Account,
        region: &str,
    ) -> Result<Vec<String>, CollectError> {
        let given = self.options.endpoint_url.as_deref();
        let of_list = |list: &ListCall| {
            let service = Service { id: &list.service, prefix: &list.endpoint_prefix };
            endpoint(&account.config, given, service, region)
        };
        self.plan.nodes.iter().map(|node| of_list(&node.dataset.list)).collect()
    }

    /// Returns what the SDK's calls go through.
    pub(crate) fn sdk_client(&self, progress: &Arc<dyn Progress>) -> SdkClient {
        SdkClient {
            transport: self.transport.clone(),
            limiters: Arc::clone(&self.limiters),
            retry: self.options.retry,
            progress: Arc::clone(progress),
        }
    }

    /// Returns what calls go through.
    pub(crate) fn caller(
        &self,
        account: &Account,
        region: &str,
        progress: &Arc<dyn Progress>,
    ) -> Caller {
        Caller {
            account_id: account.id.clone(),
            region: region.to_owned(),
            transport: self.transport.clone(),
            credentials: account.credentials.clone(),
            limiters: Arc::clone(&self.limiters),
            retry: self.options.retry,
            silence: Silence::default(),
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

/// Walks through a region, or passes it by where it is not enabled, and says that it is done.
async fn visit(ground: Arc<Ground>, is_enabled: bool) -> census_error::Result<Walked> {
    let walked = if is_enabled { walk(Arc::clone(&ground)).await } else { pass_by(&ground).await }?;
    let (account_id, region) = (&ground.place.account_id, &ground.place.region);
    ground.progress.event(Event::PlaceFinished { account_id, region });
    Ok(walked)
}

/// Tells of scopes that nobody will walk to; those of accounts that let nobody in are told as failures.
fn tell_lost(lost: &[Unread], progress: &dyn Progress) {
    for (scope, report) in lost {
        progress.event(Event::ScopeFinished { scope, report });
    }
    let places: BTreeSet<_> =
        lost.iter().map(|(scope, _)| (&scope.account_id, &scope.region)).collect();
    for (account_id, region) in places {
        progress.event(Event::PlaceFinished { account_id, region });
    }
}

/// Ends the scopes of a region that is known not to be enabled.
async fn pass_by(ground: &Ground) -> census_error::Result<Walked> {
    let mut walked = Walked::default();
    for node in ground.plan.requested() {
        let scope = scope(&node.dataset.id, &ground.place);
        let report = not_enabled_report(Utc::now());
        ground.sink.finish(&scope, report.clone()).await?;
        ground.progress.event(Event::ScopeFinished { scope: &scope, report: &report });
        walked.scopes.push((scope, report));
    }
    Ok(walked)
}
