//! From a source of credentials to the account they belong to.

use crate::credentials::KeptCredentials;
use crate::endpoint::{Service, endpoint};
use crate::error::{CollectError, Result};
use crate::options::{AccountSource, CollectOptions, RegionSelection};
use crate::partition::Partition;
use crate::profiles;
use crate::reason::Reason;
use crate::sdk_client::SdkClient;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use std::sync::Arc;
use tokio::sync::{Mutex, OnceCell};

/// How sessions of assumed roles are called in CloudTrail.
const SESSION_NAME: &str = "census";

/// An account that can be called.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// The 12-digit account.
    pub(crate) id: String,
    /// The source, as a phrase for messages.
    pub(crate) source: String,
    /// Endpoint settings and the configured region.
    pub(crate) config: SdkConfig,
    /// Its credentials.
    pub(crate) credentials: KeptCredentials,
    /// A region to ask for what concerns all regions.
    pub(crate) home: String,
}

/// The sources that are no roles, loaded and identified once each: hundreds of roles may be assumed by one.
#[derive(Debug)]
pub(crate) struct Bases {
    client: SdkClient,
    known: Mutex<Vec<Arc<Base>>>,
}

/// A source that is no role.
#[derive(Debug)]
struct Base {
    source: AccountSource,
    config: SdkConfig,
    credentials: KeptCredentials,
    /// The 12-digit account, once it was asked for.
    id: OnceCell<String>,
}

impl Bases {
    /// Loads nothing yet.
    pub(crate) fn new(client: SdkClient) -> Self {
        Self { client, known: Mutex::default() }
    }

    /// Returns a source that is no role, loaded.
    async fn load(&self, source: &AccountSource, options: &CollectOptions) -> Arc<Base> {
        // The lock is held while loading, so that roles identified together load their base once.
        let mut known = self.known.lock().await;
        if let Some(base) = known.iter().find(|base| base.source == *source) {
            return Arc::clone(base);
        }
        let (config, credentials) = load_base(source, options, &self.client).await;
        let source = source.clone();
        let base = Arc::new(Base { source, config, credentials, id: OnceCell::new() });
        known.push(Arc::clone(&base));
        base
    }
}

/// Finds out which account a source of credentials leads to.
///
/// # Errors
/// An unknown profile, no credentials, none that AWS accepts, or no region or address to ask.
pub(crate) async fn identify(
    source: &AccountSource,
    options: &CollectOptions,
    bases: &Bases,
) -> Result<Account> {
    let name = source.to_string();
    let innermost = innermost(source);
    profiles::check(innermost).await?;
    let base = bases.load(innermost, options).await;
    let credentials = assume_all(source, &base, options).await;
    let home = home(&base.config, &options.regions, &name)?;
    let sts = Service { id: "sts", prefix: "sts" };
    let url = endpoint(&base.config, options.endpoint_url.as_deref(), sts, &home)?;
    if let Err(error) = credentials.get().await {
        return Err(match profiles::multi_factor(innermost).await {
            Some((profile, serial)) => CollectError::MultiFactor { profile, serial },
            None => credentials_error(source, error),
        });
    }
    let config = base
        .config
        .to_builder()
        .region(Region::new(home.clone()))
        .credentials_provider(SharedCredentialsProvider::new(credentials.clone()))
        .build();
    let id = match source {
        // Whoever has assumed a role is in the role's account; nobody needs to be asked.
        AccountSource::Role { arn, .. } => account_of_role(arn).map(str::to_owned),
        _ => None,
    };
    let id = match id {
        Some(id) => id,
        None => base.id.get_or_try_init(|| caller_account(&name, &url, &config)).await?.clone(),
    };
    Ok(Account { id, source: name, config, credentials, home })
}

/// Returns the account that a role's ARN names.
pub(crate) fn account_of_role(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|id| !id.is_empty())
}

/// Asks STS whose the credentials are.
async fn caller_account(name: &str, url: &str, config: &SdkConfig) -> Result<String> {
    let identity = aws_sdk_sts::Client::new(config).get_caller_identity().send().await;
    let identity = identity.map_err(|error| unidentified(name, url, error))?;
    identity.account().map(str::to_owned).ok_or_else(|| CollectError::Unidentified {
        account: name.to_owned(),
        code: None,
        message: format!("the answer of \"{url}\" names no account"),
        source: "GetCallerIdentity without account".into(),
    })
}

/// Returns the source that a chain of roles begins with.
fn innermost(source: &AccountSource) -> &AccountSource {
    match source {
        AccountSource::Role { base, .. } => innermost(base),
        source => source,
    }
}

fn unidentified(
    account: &str,
    url: &str,
    error: impl std::error::Error + Send + Sync + 'static,
) -> CollectError {
    let reason = Reason::of(&error);
    let message = match reason.code {
        Some(_) => reason.message,
        None if reason.is_connection => reason.message,
        None => format!("\"{url}\" gave no answer of STS: {}", reason.message),
    };
    CollectError::Unidentified {
        account: account.to_owned(),
        // What happened on the way is no refusal.
        code: reason.code.filter(|_| !reason.is_connection),
        message,
        source: Box::new(error),
    }
}

/// Returns credentials of a source that begins with this base: role upon role.
async fn assume_all(
    source: &AccountSource,
    base: &Base,
    options: &CollectOptions,
) -> KeptCredentials {
    let mut roles = Vec::new();
    let mut innermost = source;
    while let AccountSource::Role { arn, external_id, base } = innermost {
        roles.push((arn, external_id));
        innermost = base;
    }
    let mut credentials = base.credentials.clone();
    for (arn, external_id) in roles.into_iter().rev() {
        let external_id = external_id.as_deref();
        credentials = assume(arn, external_id, &base.config, &options.regions, credentials).await;
    }
    credentials
}

async fn load_base(
    source: &AccountSource,
    options: &CollectOptions,
    client: &SdkClient,
) -> (SdkConfig, KeptCredentials) {
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(client.clone());
    match source {
        AccountSource::Profile(name) => loader = loader.profile_name(name),
        AccountSource::Static(keys) => {
            let mut credentials = Credentials::builder()
                .access_key_id(&keys.access_key_id)
                .secret_access_key(&keys.secret_access_key)
                .provider_name("given");
            credentials.set_session_token(keys.session_token.clone());
            loader = loader.credentials_provider(credentials.build());
        }
        AccountSource::Default | AccountSource::Role { .. } => {}
    }
    if let Some(url) = &options.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    let config = loader.load().await;
    let provider = match source {
        AccountSource::Profile(name) => profile(name, &config, client),
        _ => provider_of(&config),
    };
    (config, KeptCredentials::new(provider))
}

/// Returns the credentials of a profile alone: the default chain would prefer keys in the environment even
/// to a profile that is named outright, and so collect another account than was asked for.
fn profile(name: &str, config: &SdkConfig, client: &SdkClient) -> SharedCredentialsProvider {
    let settings = ProviderConfig::without_region()
        .with_http_client(client.clone())
        .with_region(config.region().cloned())
        .with_use_fips(config.use_fips())
        .with_use_dual_stack(config.use_dual_stack());
    let provider =
        ProfileFileCredentialsProvider::builder().profile_name(name).configure(&settings);
    SharedCredentialsProvider::new(provider.build())
}

fn provider_of(config: &SdkConfig) -> SharedCredentialsProvider {
    config.credentials_provider().unwrap_or_else(|| {
        let error = || async { Err(CredentialsError::not_loaded_no_source()) };
        SharedCredentialsProvider::new(aws_credential_types::credential_fn::provide_credentials_fn(
            error,
        ))
    })
}

async fn assume(
    arn: &str,
    external_id: Option<&str>,
    config: &SdkConfig,
    regions: &RegionSelection,
    base: KeptCredentials,
) -> KeptCredentials {
    // Without a region there is no endpoint to ask; `identify` says so if it cannot be told here.
    let region =
        home(config, regions, "").unwrap_or_else(|_| Partition::of_region("").home.to_owned());
    let mut role = AssumeRoleProvider::builder(arn)
        .configure(config)
        .session_name(SESSION_NAME)
        .region(Region::new(region));
    if let Some(external_id) = external_id {
        role = role.external_id(external_id);
    }
    KeptCredentials::new(SharedCredentialsProvider::new(role.build_from_provider(base).await))
}

/// Returns the region to ask for what concerns all regions: the configured one, or one of the same partition.
fn home(config: &SdkConfig, regions: &RegionSelection, account: &str) -> Result<String> {
    let configured = config.region().map(|region| region.as_ref().to_owned());
    match (regions, configured) {
        (RegionSelection::Listed(listed) | RegionSelection::Matching(listed), configured) => {
            let first = listed.first().map_or("", String::as_str);
            let partition = Partition::of_region(first);
            let same_partition =
                configured.filter(|region| Partition::of_region(region) == partition);
            Ok(same_partition.unwrap_or_else(|| partition.home.to_owned()))
        }
        (_, Some(configured)) => Ok(configured),
        (RegionSelection::All, None) => Ok(Partition::of_region("").home.to_owned()),
        (RegionSelection::Configured, None) => {
            Err(CollectError::NoRegion { account: account.to_owned() })
        }
    }
}

fn credentials_error(source: &AccountSource, error: CredentialsError) -> CollectError {
    let reason = Reason::of(&error);
    if reason.is_missing {
        return CollectError::NoCredentials { account: innermost(source).to_string(), reason };
    }
    CollectError::CredentialsFailed { account: source.to_string(), reason, source: Box::new(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home_of(configured: Option<&'static str>, regions: &RegionSelection) -> Result<String> {
        let config = SdkConfig::builder().region(configured.map(Region::from_static)).build();
        home(&config, regions, "the default credentials")
    }

    #[test]
    fn home_lies_in_the_partition_of_the_listed_regions() {
        let listed = RegionSelection::Listed(vec!["cn-north-1".to_owned()]);
        assert_eq!(home_of(Some("eu-west-1"), &listed).unwrap(), "cn-north-1");
        assert_eq!(home_of(Some("cn-northwest-1"), &listed).unwrap(), "cn-northwest-1");
    }

    #[test]
    fn configured_region_must_be_there_if_it_is_asked_for() {
        assert_eq!(home_of(None, &RegionSelection::All).unwrap(), "us-east-1");
        let error = home_of(None, &RegionSelection::Configured).unwrap_err();
        assert_eq!(error.to_string(), "no region is configured for the default credentials");
    }
}
