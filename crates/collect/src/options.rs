//! What a census is taken of, and how gently.

use census_directory::scope::Scope;
use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

/// What a store knows of earlier censuses.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The scopes that were looked at, wherever.
    pub scopes: HashSet<Scope>,
    /// The accounts that a census looked at together: those of one organization are, and those of another are not.
    pub together: HashSet<Vec<String>>,
}

/// What to collect, from where, and how gently; start from [`CollectOptions::default`].
#[derive(Debug, Clone)]
pub struct CollectOptions {
    /// Whose resources; two sources that lead to the same account are collected once.
    pub accounts: Vec<AccountSource>,
    /// All accounts of an organization, besides those named.
    pub organization: Option<Organization>,
    /// Where.
    pub regions: RegionSelection,
    /// The ids of the datasets wanted; empty means every dataset. Their parents are listed as needed,
    /// but only the rows of these are handed on.
    pub datasets: Vec<String>,
    /// Scopes that are left out, since what is known of them is fresh enough.
    pub fresh: HashSet<Scope>,
    /// What was looked at before: what of it should be read and is there no more is told.
    pub known: Known,
    /// The share of every quota, in percent, that is left to the account's owner; below 100.
    pub reserve_percent: u8,
    /// API Gateway's quota in an account's region; other services have their published ones. `None` sends to all as
    /// fast as answers come (sandbox and benches only).
    pub quota: Option<Quota>,
    /// How failed calls are repeated.
    pub retry: RetryPolicy,
    /// Sends every call there, whatever the environment says.
    pub endpoint_url: Option<String>,
    /// Calls in flight in one account's region.
    pub calls_per_region: usize,
    /// Regions walked at a time, over all accounts.
    pub regions_at_once: usize,
}

impl Default for CollectOptions {
    fn default() -> Self {
        Self {
            accounts: vec![AccountSource::Default],
            organization: None,
            regions: RegionSelection::Configured,
            datasets: Vec::new(),
            fresh: HashSet::new(),
            known: Known::default(),
            reserve_percent: 20,
            quota: Some(Quota::API_GATEWAY),
            retry: RetryPolicy::default(),
            endpoint_url: None,
            calls_per_region: 8,
            regions_at_once: 64,
        }
    }
}

/// Where an account's credentials come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountSource {
    /// What AWS's own tools would use: environment, profile, SSO, credential process, container, instance.
    Default,
    /// A profile of the shared configuration files.
    Profile(String),
    /// A role that another source may assume.
    Role {
        /// The role's ARN.
        arn: String,
        /// The external id that the role's trust policy asks for.
        external_id: Option<String>,
        /// Who assumes it.
        base: Box<AccountSource>,
    },
    /// Keys given outright, as the sandbox does.
    Static(StaticCredentials),
}

impl fmt::Display for AccountSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default credential chain"),
            Self::Profile(name) => write!(f, "the profile \"{name}\""),
            Self::Role { arn, .. } => write!(f, "the role \"{arn}\""),
            Self::Static(keys) => write!(f, "the access key \"{}\"", keys.access_key_id),
        }
    }
}

/// The accounts of an organization (AWS Organizations): its management account with the credentials that may list
/// them, every other through a role of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Who may list the accounts and assume the role: the management account or a delegated administrator.
    pub base: AccountSource,
    /// The name of the role in each account.
    pub role_name: String,
    /// The external id that the role's trust policy asks for.
    pub external_id: Option<String>,
    /// The organizational units (or roots) whose accounts are wanted, those of units below them included; none
    /// stands for all.
    pub include: Vec<String>,
    /// The organizational units whose accounts are left out, those of units below them included.
    pub exclude: Vec<String>,
}

impl Organization {
    /// The role that is assumed where none is named.
    pub const ROLE_NAME: &'static str = "CensusReader";
}

/// An access key; its secrets are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct StaticCredentials {
    /// The public half.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// The token of temporary credentials.
    pub session_token: Option<String>,
}

impl fmt::Debug for StaticCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaticCredentials")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

/// Which regions of an account are collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionSelection {
    /// The one that `AWS_REGION` or the profile names.
    Configured,
    /// Every region of the partition; those the account has not enabled end as `not_enabled`.
    All,
    /// These.
    Listed(Vec<String>),
    /// Those of the partition that fit one of these patterns, in which `*` stands for any characters.
    Matching(Vec<String>),
}

/// A service's published quota for one account and region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota {
    /// Requests a second, sustained.
    pub rate_per_second: f64,
    /// Requests at once after a pause.
    pub burst: f64,
}

impl Quota {
    /// The management quota of API Gateway, which cannot be raised (API Gateway Developer Guide, "Quotas").
    pub const API_GATEWAY: Self = Self { rate_per_second: 10.0, burst: 40.0 };
    /// That of EC2's lists, each for itself (EC2 Developer Guide, "Request throttling").
    pub const EC2: Self = Self { rate_per_second: 20.0, burst: 100.0 };
    /// That of STS in a region (IAM User Guide, "IAM and AWS STS quotas").
    pub const STS: Self = Self { rate_per_second: 600.0, burst: 600.0 };
    /// A careful guess: Organizations has a quota for each operation, some of only a few calls a second.
    pub const ORGANIZATIONS: Self = Self { rate_per_second: 5.0, burst: 10.0 };

    /// Returns how long so many calls take at least in one account and region, where a share of the quota, in
    /// percent, is left to others.
    #[must_use]
    pub fn shortest(&self, calls: u64, reserve_percent: u8) -> Duration {
        let share = 1.0 - f64::from(reserve_percent) / 100.0;
        #[expect(clippy::cast_precision_loss, reason = "counts of calls are far below 2^52")]
        let behind_burst = (calls as f64 - self.burst * share).max(0.0);
        Duration::from_secs_f64(behind_burst / (self.rate_per_second * share))
    }
}

/// How a failed call is repeated; delays are drawn between zero and a bound that doubles ("full jitter").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts in all where the service fails, breaks off or answers nonsense.
    pub attempts: u32,
    /// Attempts in all where no connection comes about, or no answer in time.
    pub connect_attempts: u32,
    /// Attempts in all where the service asks to slow down.
    pub throttle_attempts: u32,
    /// How long an attempt may take, from its first byte sent to the last received.
    pub attempt_timeout: Duration,
    /// The bound of the first delay.
    pub base_delay: Duration,
    /// The largest bound of a delay.
    pub max_delay: Duration,
    /// No attempt begins later than this after the first.
    pub total: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            connect_attempts: 3,
            throttle_attempts: 10,
            attempt_timeout: Duration::from_secs(30),
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(20),
            total: Duration::from_mins(3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_printed() {
        let source = AccountSource::Static(StaticCredentials {
            access_key_id: "AKIDEXAMPLE".to_owned(),
            secret_access_key: "very-secret".to_owned(),
            session_token: Some("token-secret".to_owned()),
        });
        assert!(!format!("{source:?} {source}").contains("secret"));
    }
}
