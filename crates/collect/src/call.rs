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
use std::sync::atomic::{AtomicU32, Ordering};
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
    /// Whether anybody still answers.
    pub(crate) silence: Silence,
    /// Who is told.
    pub(crate) progress: Arc<dyn Progress>,
}

/// Counts the attempts on end that nobody answered, over all calls of a caller: each costs the whole time that an
/// attempt may take.
#[derive(Debug, Default)]
pub(crate) struct Silence(AtomicU32);

/// After so many attempts on end without an answer, nobody is taken to be there.
pub(crate) const LONGEST_SILENCE: u32 = 12;

impl Silence {
    /// Tells whether there is no point in asking on.
    pub(crate) fn is_final(&self) -> bool {
        self.0.load(Ordering::Relaxed) >= LONGEST_SILENCE
    }

    fn note(&self, kind: Option<FailureKind>) {
        match kind {
            Some(FailureKind::Unanswered) => drop(self.0.fetch_add(1, Ordering::Relaxed)),
            Some(FailureKind::Unreachable) => {}
            _ => self.0.store(0, Ordering::Relaxed),
        }
    }
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
            let delay = self.retry.delay(attempts).max(failure.retry_after.unwrap_or_default());
            let is_late = began.elapsed().saturating_add(delay) > self.retry.total;
            let is_hopeless = failure.kind == FailureKind::Unanswered && self.silence.is_final();
            if attempts >= self.retry.attempts_for(failure.kind) || is_late || is_hopeless {
                return (Err(failure.too_long_to_wait(self.retry.total)), effort);
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
        self.silence.note(result.as_ref().err().map(|failure| failure.kind));
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
}

impl RetryPolicy {
    /// Returns how many attempts there are in all where one fails like this.
    pub(crate) fn attempts_for(&self, kind: FailureKind) -> u32 {
        match kind {
            FailureKind::Throttled => self.throttle_attempts,
            FailureKind::Unavailable => self.attempts,
            FailureKind::Unreachable | FailureKind::Unanswered => self.connect_attempts,
            _ => 1,
        }
    }

    /// Returns how long to wait after so many attempts.
    pub(crate) fn delay(&self, attempts: u32) -> Duration {
        self.delay_bound(attempts).mul_f64(fastrand::f64())
    }

    /// Returns the bound of the delay after so many attempts: doubling, up to the largest.
    fn delay_bound(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(30);
        self.base_delay.saturating_mul(1 << doublings).min(self.max_delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_largest() {
        let retry = RetryPolicy::default();
        let bounds: Vec<u128> =
            [1, 2, 3, 7, 8, 40].map(|n| retry.delay_bound(n).as_millis()).into();
        assert_eq!(bounds, [250, 500, 1000, 16_000, 20_000, 20_000]);
    }
}
