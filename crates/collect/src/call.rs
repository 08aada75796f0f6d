//! A call until it succeeds or there is no point in trying on: pacing, attempts, fresh credentials.

use crate::credentials::KeptCredentials;
use crate::error::chain;
use crate::failure::{Failure, FailureKind};
use crate::limiters::Limiters;
use crate::options::RetryPolicy;
use crate::progress::{Event, Progress};
use crate::sign::Request;
use crate::transport::{Answer, Transport};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What calls of one account in one region go through.
pub(crate) struct Caller {
    /// The account, for progress.
    pub(crate) account_id: String,
    /// The region, for progress.
    pub(crate) region: String,
    /// Connections.
    pub(crate) transport: Transport,
    /// Credentials.
    pub(crate) credentials: KeptCredentials,
    /// What paces them.
    pub(crate) limiters: Arc<Limiters>,
    /// When to give up.
    pub(crate) retry: RetryPolicy,
    /// Who is told.
    pub(crate) progress: Arc<dyn Progress>,
}

/// How often a call was sent, and when.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effort {
    /// Requests sent.
    pub(crate) calls: u64,
    /// Answers that asked to slow down.
    pub(crate) throttles: u64,
    /// When the first request was sent.
    pub(crate) started_at: Option<DateTime<Utc>>,
}

impl Caller {
    /// Sends a request until `read` makes something of the answer, and says what it took.
    pub(crate) async fn call<T>(
        &self,
        request: &Request,
        read: impl Fn(&Answer) -> Result<T, Failure>,
    ) -> (Result<T, Failure>, Effort) {
        let mut effort = Effort::default();
        let began = Instant::now();
        let mut attempts: u32 = 0;
        let mut renewed = false;
        loop {
            let failure = match self.attempt(request, &read, &mut effort, renewed).await {
                Ok(value) => return (Ok(value), effort),
                Err(failure) => failure,
            };
            if failure.kind == FailureKind::Expired && !renewed {
                renewed = true;
                continue;
            }
            attempts += 1;
            // A service that asks for no wait at all is still not asked again at once.
            let delay = self.delay(attempts).max(failure.retry_after.unwrap_or_default());
            let is_late = began.elapsed().saturating_add(delay) > self.retry.total;
            if attempts >= self.attempts_for(failure.kind) || is_late {
                return (Err(failure), effort);
            }
            tracing::debug!(url = request.url, %failure, ?delay, "call will be repeated");
            self.wait(delay).await;
        }
    }

    async fn attempt<T>(
        &self,
        request: &Request,
        read: impl Fn(&Answer) -> Result<T, Failure>,
        effort: &mut Effort,
        renewed: bool,
    ) -> Result<T, Failure> {
        let credentials = self.credentials.get().await.map_err(|error| {
            let message = format!("credentials could not be loaded: {}", chain(&error));
            Failure::new(FailureKind::Refused, message).with_code("CredentialsUnavailable")
        })?;
        let service = request.signing_name.as_str();
        let limiter = self.limiters.of(&self.account_id, &request.region, service);
        if let Some(limiter) = &limiter {
            self.wait(limiter.reserve()).await;
        }
        self.progress.event(Event::RequestSent { service });
        effort.calls += 1;
        effort.started_at.get_or_insert_with(Utc::now);
        let sent_at = Instant::now();
        let result =
            self.transport.send(request, &credentials).await.and_then(|answer| read(&answer));
        match result.as_ref() {
            Err(failure) if failure.kind == FailureKind::Throttled => {
                effort.throttles += 1;
                // A pause that no call would wait out is not worth holding the others for.
                let pause = failure.retry_after.filter(|pause| *pause <= self.retry.total);
                if let Some(limiter) = &limiter {
                    limiter.slow_down(sent_at, pause.unwrap_or_default());
                }
                let (account_id, region) = (&self.account_id, &self.region);
                self.progress.event(Event::Throttled { account_id, region, service });
            }
            Err(failure) if failure.kind == FailureKind::Unreachable => {
                if let Some(limiter) = &limiter {
                    limiter.give_back();
                }
            }
            Err(failure) if failure.kind == FailureKind::Expired && !renewed => {
                self.credentials.forget(&credentials).await;
            }
            _ => {}
        }
        result
    }

    async fn wait(&self, delay: Duration) {
        if delay.is_zero() {
            return;
        }
        let (account_id, region) = (&self.account_id, &self.region);
        self.progress.event(Event::Waiting { account_id, region, delay });
        tokio::time::sleep(delay).await;
    }

    fn attempts_for(&self, kind: FailureKind) -> u32 {
        match kind {
            FailureKind::Throttled => self.retry.throttle_attempts,
            FailureKind::Unavailable => self.retry.attempts,
            FailureKind::Unreachable => self.retry.connect_attempts,
            _ => 1,
        }
    }

    fn delay(&self, attempts: u32) -> Duration {
        delay_bound(&self.retry, attempts).mul_f64(fastrand::f64())
    }
}

/// Returns the bound of the delay after so many attempts: doubling, up to the largest.
fn delay_bound(retry: &RetryPolicy, attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(30);
    retry.base_delay.saturating_mul(1 << doublings).min(retry.max_delay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_largest() {
        let retry = RetryPolicy::default();
        let bounds: Vec<u128> =
            [1, 2, 3, 7, 8, 40].map(|n| delay_bound(&retry, n).as_millis()).into();
        assert_eq!(bounds, [250, 500, 1000, 16_000, 20_000, 20_000]);
    }
}
