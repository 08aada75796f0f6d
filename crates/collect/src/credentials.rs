//! Credentials that are kept, renewed before they expire, and replaced when AWS refuses them.

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// Credentials are renewed this long before they expire.
const RENEW_BEFORE: Duration = Duration::from_mins(5);

/// A source that takes longer has none: a process may wait for somebody to type, and would hold up everything.
const LONGEST_LOADING: Duration = Duration::from_mins(1);

/// The credentials of one account; clones share what is kept.
#[derive(Debug, Clone)]
pub(crate) struct KeptCredentials(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    provider: SharedCredentialsProvider,
    /// How long the provider may take.
    longest: Duration,
    kept: Mutex<Option<Credentials>>,
}

impl KeptCredentials {
    /// Keeps what a provider gives.
    pub(crate) fn new(provider: SharedCredentialsProvider) -> Self {
        Self::within(LONGEST_LOADING, provider)
    }

    /// Keeps what a provider gives, if it does so within a time.
    fn within(longest: Duration, provider: SharedCredentialsProvider) -> Self {
        Self(Arc::new(Inner { provider, longest, kept: Mutex::new(None) }))
    }

    /// Returns credentials that are valid for a while.
    ///
    /// # Errors
    /// The provider's, or that it takes more than a minute, unless what is kept has not expired yet.
    pub(crate) async fn get(&self) -> Result<Credentials, CredentialsError> {
        // The lock is held while loading, so that calls in flight together load once.
        let mut kept = self.0.kept.lock().await;
        let now = SystemTime::now();
        if let Some(credentials) =
            kept.as_ref().filter(|credentials| lasts(credentials, now + RENEW_BEFORE))
        {
            return Ok(credentials.clone());
        }
        let longest = self.0.longest;
        let loading = tokio::time::timeout(longest, self.0.provider.provide_credentials());
        let loaded =
            loading.await.unwrap_or_else(|_| Err(CredentialsError::provider_timed_out(longest)));
        match loaded {
            Ok(fresh) => Ok(kept.insert(fresh).clone()),
            Err(error) => match kept.as_ref().filter(|credentials| lasts(credentials, now)) {
                Some(credentials) => Ok(credentials.clone()),
                None => Err(error),
            },
        }
    }

    /// Forgets credentials that AWS refused, unless they have been replaced already.
    pub(crate) async fn forget(&self, refused: &Credentials) {
        let mut kept = self.0.kept.lock().await;
        if kept.as_ref() == Some(refused) {
            *kept = None;
        }
    }
}

impl ProvideCredentials for KeptCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.get())
    }
}

fn lasts(credentials: &Credentials, until: SystemTime) -> bool {
    credentials.expiry().is_none_or(|expiry| expiry > until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Gives credentials numbered from 0 that last some seconds, and fails from the given number on.
    #[derive(Debug)]
    struct Numbered {
        given: AtomicU32,
        lasting: Duration,
        failing_from: u32,
    }

    impl ProvideCredentials for Numbered {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let number = self.given.fetch_add(1, Ordering::Relaxed);
            if number >= self.failing_from {
                return future::ProvideCredentials::ready(Err(CredentialsError::provider_error(
                    "gone",
                )));
            }
            let credentials = Credentials::builder()
                .access_key_id(number.to_string())
                .secret_access_key("secret")
                .expiry(SystemTime::now() + self.lasting)
                .provider_name("test")
                .build();
            future::ProvideCredentials::ready(Ok(credentials))
        }
    }

    fn kept(lasting: u64, failing_from: u32) -> KeptCredentials {
        let provider = Numbered {
            given: AtomicU32::new(0),
            lasting: Duration::from_secs(lasting),
            failing_from,
        };
        KeptCredentials::new(SharedCredentialsProvider::new(provider))
    }

    async fn keys(kept: &KeptCredentials) -> String {
        kept.get().await.unwrap().access_key_id().to_owned()
    }

    #[tokio::test]
    async fn lasting_credentials_are_loaded_once() {
        let kept = kept(3600, 9);
        assert_eq!((keys(&kept).await.as_str(), keys(&kept).await.as_str()), ("0", "0"));
    }

    #[tokio::test]
    async fn credentials_are_renewed_before_they_expire() {
        let kept = kept(60, 9);
        assert_eq!((keys(&kept).await.as_str(), keys(&kept).await.as_str()), ("0", "1"));
    }

    #[tokio::test]
    async fn a_source_that_never_answers_is_given_up() {
        let never = aws_credential_types::credential_fn::provide_credentials_fn(|| {
            std::future::pending::<Result<Credentials, CredentialsError>>()
        });
        let longest = Duration::from_millis(1);
        let kept = KeptCredentials::within(longest, SharedCredentialsProvider::new(never));
        let error = kept.get().await.unwrap_err();
        assert!(matches!(error, CredentialsError::ProviderTimedOut(_)), "{error}");
    }

    #[tokio::test]
    async fn unexpired_credentials_serve_while_renewal_fails() {
        let kept = kept(60, 1);
        assert_eq!((keys(&kept).await.as_str(), keys(&kept).await.as_str()), ("0", "0"));
    }

    #[tokio::test]
    async fn refused_credentials_are_replaced_once() {
        let kept = kept(3600, 9);
        let refused = kept.get().await.unwrap();
        kept.forget(&refused).await;
        assert_eq!(keys(&kept).await, "1");
        kept.forget(&refused).await;
        assert_eq!(keys(&kept).await, "1");
    }
}
