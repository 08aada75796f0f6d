//! What is collected: inventories of known size, with the calls and seconds that cannot be spared.

use census_collect::{
    AccountSource, CollectOptions, Organization, Quota, RegionSelection, StaticCredentials,
};
use census_sandbox::GeneratedSpec;
use clap::ValueEnum;
use std::time::Duration;

/// The accounts on a page of Organizations' list (sandbox and AWS alike).
const ACCOUNTS_A_PAGE: u64 = 20;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Case {
    /// 200,000 integration responses in one account and region, no quota.
    Throughput,
    /// An organization of 1,000 account-regions with few rows each, no quota.
    Organization,
    /// 533 calls in one account and region, at AWS's quota.
    Quota,
    /// The same with answers that take 200 ms.
    Latency,
    /// The same with a burst that another tool has used up.
    Spent,
}

impl Case {
    /// Returns its name on the command line.
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Returns what its accounts hold.
    pub const fn spec(self) -> GeneratedSpec {
        match self {
            Self::Throughput => GeneratedSpec {
                accounts: 1,
                regions: 1,
                apis: 10,
                integrations: 100,
                responses: 200,
            },
            Self::Quota | Self::Latency | Self::Spent => {
                GeneratedSpec { accounts: 1, regions: 1, apis: 5, integrations: 50, responses: 3 }
            }
            Self::Organization => {
                GeneratedSpec { accounts: 125, regions: 8, apis: 1, integrations: 2, responses: 5 }
            }
        }
    }

    /// Tells whether the sandbox enforces AWS's quota, and the collector keeps to it.
    pub const fn has_quota(self) -> bool {
        matches!(self, Self::Quota | Self::Latency | Self::Spent)
    }

    /// Returns how long every answer takes.
    pub const fn latency(self) -> Duration {
        match self {
            Self::Latency => Duration::from_millis(200),
            _ => Duration::ZERO,
        }
    }

    /// Returns how many regions of accounts there are.
    pub const fn places(self) -> u64 {
        (self.spec().accounts * self.spec().regions) as u64
    }

    /// Returns the list calls that cannot be spared, where each list fits a page of 500: APIs, domain names and VPC
    /// links of a region; six lists of an API; one below each integration and each of as many routes.
    pub const fn least_list_calls(self) -> u64 {
        let spec = self.spec();
        self.places() * (3 + spec.apis as u64 * (6 + 2 * spec.integrations as u64))
    }

    /// Returns the calls of other services that cannot be spared: who asks; the pages of accounts; each other
    /// account's role; each account's regions.
    pub const fn least_other_calls(self) -> u64 {
        let accounts = self.spec().accounts as u64;
        match self {
            Self::Organization => {
                1 + accounts.div_ceil(ACCOUNTS_A_PAGE) + (accounts - 1) + accounts
            }
            _ => 2 * accounts,
        }
    }

    /// Returns the seconds in which the quota allows these calls, where there is one.
    pub fn allowed_seconds(self) -> Option<f64> {
        let quota = Quota::API_GATEWAY;
        let burst = if self == Self::Spent { 0.0 } else { quota.burst };
        let bucket = Quota { burst, ..quota };
        self.has_quota().then(|| bucket.shortest(self.least_list_calls(), 0).as_secs_f64())
    }

    /// Returns how a sandbox at `url` is collected.
    pub fn options(self, url: &str) -> CollectOptions {
        let first = AccountSource::Static(StaticCredentials {
            access_key_id: "AKIAGENERATED0000000".to_owned(),
            secret_access_key: "generated-secret".to_owned(),
            session_token: None,
        });
        let organization = (self == Self::Organization).then(|| Organization {
            base: first.clone(),
            role_name: Organization::ROLE_NAME.to_owned(),
            external_id: None,
            include: Vec::new(),
            exclude: Vec::new(),
        });
        CollectOptions {
            accounts: if organization.is_some() { Vec::new() } else { vec![first] },
            organization,
            regions: RegionSelection::All,
            reserve_percent: 0,
            quota: self.has_quota().then_some(Quota::API_GATEWAY),
            endpoint_url: Some(url.to_owned()),
            ..CollectOptions::default()
        }
    }
}
