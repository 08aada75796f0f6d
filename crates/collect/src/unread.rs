//! The scopes that a census should read and cannot: of accounts that let nobody in or have gone, and of regions that
//! AWS lists no more. What is known of them stays, and must not be taken for the present.

use crate::error::CollectError;
use crate::failure::FailureKind;
use crate::itinerary::{Itineraries, Itinerary};
use crate::lineage::Place;
use crate::options::{AccountSource, CollectOptions, RegionSelection};
use crate::organization::Departed;
use crate::plan::Plan;
use crate::region_names::{is_known, is_meant};
use crate::walk::scope;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use chrono::Utc;
use std::collections::{BTreeMap, BTreeSet};

/// A scope that was not read, and why.
pub(crate) type Unread = (Scope, ScopeReport);

/// What keeps an account from being read.
pub(crate) struct Closed {
    /// The account.
    pub(crate) account_id: String,
    /// Whether it is the regions that do not exist, not the account that is closed.
    is_about_regions: bool,
    report: ScopeReport,
}

impl Closed {
    /// Returns what the error of a source means to the account that it is about.
    pub(crate) fn of(source: &AccountSource, account_id: String, error: &CollectError) -> Self {
        let (outcome, code) = match error {
            CollectError::CredentialsFailed { reason, .. } => {
                let outcome = match &reason.code {
                    _ if reason.is_throttled => Outcome::Throttled,
                    Some(_) if !reason.is_connection => Outcome::Denied,
                    _ => Outcome::Failed,
                };
                (outcome, reason.code.clone())
            }
            CollectError::NoCredentials { .. } | CollectError::MultiFactor { .. } => {
                (Outcome::Denied, Some("NoCredentials".to_owned()))
            }
            CollectError::RegionsUnknown { failure, .. } => {
                let outcome = match failure.kind {
                    FailureKind::Denied | FailureKind::Expired => Outcome::Denied,
                    FailureKind::Throttled => Outcome::Throttled,
                    _ => Outcome::Failed,
                };
                (outcome, failure.code.clone())
            }
            CollectError::NoRegionMatches { .. } | CollectError::UnknownRegion { .. } => {
                (Outcome::Failed, Some(REGION_NOT_LISTED.to_owned()))
            }
            _ => (Outcome::Failed, None),
        };
        let is_about_regions = matches!(
            error,
            CollectError::NoRegionMatches { .. } | CollectError::UnknownRegion { .. }
        );
        let message = match (source, error) {
            (AccountSource::Role { arn, .. }, CollectError::CredentialsFailed { reason, .. }) => {
                format!("the role \"{arn}\" could not be assumed: {}", reason.message)
            }
            _ => error.to_string(),
        };
        let report = report(outcome, code, message);
        Self { account_id, is_about_regions, report }
    }
}

/// The name of the reason where AWS lists a region no more.
const REGION_NOT_LISTED: &str = "RegionNotListed";

fn report(outcome: Outcome, code: Option<String>, message: String) -> ScopeReport {
    ScopeReport {
        error_code: code,
        error_message: Some(message),
        ..ScopeReport::of_no_call(outcome, Utc::now())
    }
}

/// Works out which scopes are not read.
pub(crate) struct Inquest<'a> {
    /// What is collected, and what is known.
    pub(crate) options: &'a CollectOptions,
    /// The datasets that are.
    pub(crate) plan: &'a Plan,
}

impl Inquest<'_> {
    /// Returns the scopes of accounts that let nobody in: in the regions that are known of them, and in those that
    /// were named or that any other account may use, since nobody can be asked for their own.
    pub(crate) fn of_closed(&self, closed: &[Closed], found: &[Itinerary]) -> Vec<Unread> {
        let enabled = found.iter().flat_map(|itinerary| &itinerary.regions);
        let elsewhere: BTreeSet<&str> =
            enabled.filter(|region| region.enabled).map(|region| region.name.as_str()).collect();
        let mut scopes = Vec::new();
        for Closed { account_id, is_about_regions, report } in closed {
            let mut regions = self.known_regions(account_id);
            if !is_about_regions {
                regions.extend(&elsewhere);
                if let RegionSelection::Listed(names) = &self.options.regions {
                    regions.extend(names.iter().map(String::as_str).filter(|name| is_known(name)));
                }
            }
            for region in regions {
                let place = Place::new(account_id, region);
                let wanted = self.plan.requested().map(|node| scope(&node.dataset.id, &place));
                scopes.extend(wanted.map(|scope| (scope, report.clone())));
            }
        }
        scopes
    }

    /// Returns the known scopes of an account in regions that were meant and that AWS lists no more.
    pub(crate) fn of_regions(&self, itinerary: &Itinerary) -> Vec<Unread> {
        let account_id = &itinerary.account.id;
        let is_listed = |name: &str| itinerary.regions.iter().any(|region| region.name == name);
        let mut scopes = self.known(account_id);
        scopes.retain(|scope| {
            is_meant(&self.options.regions, &scope.region) && !is_listed(&scope.region)
        });
        let told = |scope: Scope| {
            let message =
                format!("AWS does not list region \"{}\" for the account any more", scope.region);
            (scope, report(Outcome::Failed, Some(REGION_NOT_LISTED.to_owned()), message))
        };
        scopes.into_iter().map(told).collect()
    }

    /// Returns the known scopes of accounts that the organization does not have, or has closed.
    pub(crate) fn of_departed(&self, departed: &Departed, read: &BTreeSet<String>) -> Vec<Unread> {
        let mut scopes = Vec::new();
        let known: BTreeSet<&String> =
            self.options.known.scopes.iter().map(|scope| &scope.account_id).collect();
        for account_id in known.into_iter().filter(|id| !read.contains(*id)) {
            let Some((code, message)) = departed.reason(account_id) else { continue };
            if !departed.is_closed(account_id) && !self.was_member(account_id, departed) {
                continue;
            }
            let outcome =
                if departed.is_closed(account_id) { Outcome::Denied } else { Outcome::Failed };
            let report = report(outcome, Some(code.to_owned()), message);
            let mut gone = self.known(account_id);
            gone.retain(|scope| self.may_be_meant(&scope.region));
            scopes.extend(gone.into_iter().map(|scope| (scope, report.clone())));
        }
        scopes
    }

    /// Tells whether an account was ever read together with one that the organization lists: of others, which the store
    /// has from elsewhere, nothing follows.
    fn was_member(&self, account_id: &str, departed: &Departed) -> bool {
        self.options.known.together.iter().any(|accounts| {
            accounts.iter().any(|account| account == account_id)
                && accounts.iter().any(|account| departed.lists(account))
        })
    }

    /// Returns the scopes that are known of an account, of datasets that are collected, sorted.
    fn known(&self, account_id: &str) -> Vec<Scope> {
        let is_requested =
            |id: &str| self.plan.requested().any(|node| node.dataset.id.as_str() == id);
        let known = self.options.known.scopes.iter().filter(|scope| scope.account_id == account_id);
        let mut known: Vec<Scope> =
            known.filter(|scope| is_requested(&scope.dataset)).cloned().collect();
        known.sort();
        known
    }

    fn known_regions(&self, account_id: &str) -> BTreeSet<&str> {
        let known = self.options.known.scopes.iter().filter(|scope| scope.account_id == account_id);
        let regions = known.map(|scope| scope.region.as_str());
        regions.filter(|region| self.may_be_meant(region)).collect()
    }

    /// Tells whether a region is meant; which one was configured for an account that cannot be asked is not known.
    fn may_be_meant(&self, region: &str) -> bool {
        self.options.regions == RegionSelection::Configured
            || is_meant(&self.options.regions, region)
    }
}

/// Keeps of several reasons for a scope the first.
pub(crate) fn distinct(scopes: Vec<Unread>) -> Vec<Unread> {
    let mut kept: BTreeMap<Scope, ScopeReport> = BTreeMap::new();
    for (scope, report) in scopes {
        kept.entry(scope).or_insert(report);
    }
    kept.into_iter().collect()
}

impl Itineraries {
    /// Returns the accounts that are read.
    pub(crate) fn accounts(&self) -> BTreeSet<String> {
        self.found.iter().map(|itinerary| itinerary.account.id.clone()).collect()
    }
}
