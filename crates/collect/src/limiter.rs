//! Pacing: one bucket for everything that shares an account's quota in a region.

use crate::options::Quota;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What the burst is short of the published one, in seconds of the rate: calls that were slow on their
/// way arrive closer together than they were sent, and must still find room.
const ARRIVAL_SPREAD_SECONDS: f64 = 0.4;
/// What the rate is multiplied by when the service asks to slow down.
const DECREASE: f64 = 0.5;
/// The lowest rate, as a share of the full one.
const FLOOR: f64 = 0.05;
/// What comes back of the full rate in a second without complaints.
const RECOVERY_PER_SECOND: f64 = 0.025;

/// Hands out permission to send; halves its rate when the service complains and recovers slowly.
#[derive(Debug)]
pub(crate) struct Limiter {
    bucket: Mutex<Bucket>,
}

impl Limiter {
    /// Returns a limiter for what the reserve leaves of a quota.
    pub(crate) fn new(quota: Quota, reserve_percent: u8) -> Self {
        let bucket = Bucket::new(quota, reserve_percent, Instant::now());
        Self { bucket: Mutex::new(bucket) }
    }

    /// Takes the next place in the queue and returns how long to wait for it.
    pub(crate) fn reserve(&self) -> Duration {
        self.lock().take(Instant::now())
    }

    /// Gives a place back whose call has never reached the service.
    pub(crate) fn give_back(&self) {
        let mut bucket = self.lock();
        bucket.tokens = (bucket.tokens + 1.0).min(bucket.burst);
    }

    /// Notes that a call sent at `sent_at` was told to slow down, and to wait so long; so do all others.
    pub(crate) fn slow_down(&self, sent_at: Instant, retry_after: Duration) {
        let mut bucket = self.lock();
        bucket.slow_down(Instant::now(), sent_at);
        bucket.pause(retry_after);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Bucket> {
        // Numbers stay usable whatever happened to another holder.
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The arithmetic, with time handed in.
#[derive(Debug)]
struct Bucket {
    full_rate: f64,
    rate: f64,
    burst: f64,
    /// Negative while callers wait for places they have taken.
    tokens: f64,
    refilled_at: Instant,
    slowed_at: Option<Instant>,
}

impl Bucket {
    fn new(quota: Quota, reserve_percent: u8, now: Instant) -> Self {
        let share = 1.0 - f64::from(reserve_percent) / 100.0;
        let rate = quota.rate_per_second * share;
        let burst = (quota.burst * share - rate * ARRIVAL_SPREAD_SECONDS).max(1.0);
        Self { full_rate: rate, rate, burst, tokens: burst, refilled_at: now, slowed_at: None }
    }

    fn take(&mut self, now: Instant) -> Duration {
        self.refill(now);
        self.tokens -= 1.0;
        if self.tokens >= 0.0 {
            return Duration::ZERO;
        }
        Duration::from_secs_f64(-self.tokens / self.rate)
    }

    fn slow_down(&mut self, now: Instant, sent_at: Instant) {
        // Calls in flight together are told together; that is one complaint.
        if self.slowed_at.is_some_and(|slowed_at| sent_at <= slowed_at) {
            return;
        }
        self.refill(now);
        self.rate = (self.rate * DECREASE).max(self.full_rate * FLOOR);
        self.tokens = self.tokens.min(0.0);
        self.slowed_at = Some(now);
    }

    /// Gives no place before so long has passed.
    fn pause(&mut self, pause: Duration) {
        self.tokens = self.tokens.min(-pause.as_secs_f64() * self.rate);
    }

    fn refill(&mut self, now: Instant) {
        let elapsed = now.saturating_duration_since(self.refilled_at).as_secs_f64();
        self.tokens = (self.tokens + elapsed * self.rate).min(self.burst);
        self.rate =
            (self.rate + elapsed * self.full_rate * RECOVERY_PER_SECOND).min(self.full_rate);
        self.refilled_at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(reserve_percent: u8) -> (Bucket, Instant) {
        let now = Instant::now();
        (Bucket::new(Quota::API_GATEWAY, reserve_percent, now), now)
    }

    #[test]
    fn burst_is_free_and_then_the_rate_holds() {
        let (mut bucket, now) = bucket(0);
        let free = (0..100).filter(|_| bucket.take(now).is_zero()).count();
        assert_eq!(free, 36);
        assert!((bucket.take(now).as_secs_f64() - 6.5).abs() < 1e-6);
    }

    #[test]
    fn a_call_that_never_arrived_takes_nothing() {
        let limiter = Limiter::new(Quota::API_GATEWAY, 0);
        for _ in 0..1000 {
            assert!(limiter.reserve().is_zero());
            limiter.give_back();
        }
    }

    #[test]
    fn reserve_lowers_rate_and_burst() {
        let (mut bucket, now) = bucket(50);
        let free = (0..100).filter(|_| bucket.take(now).is_zero()).count();
        assert_eq!(free, 18);
        assert!((bucket.rate - 5.0).abs() < 1e-9);
    }

    #[test]
    fn no_window_ever_holds_more_than_the_quota() {
        let (mut bucket, start) = bucket(0);
        let mut sent: Vec<f64> = (0..200).map(|_| bucket.take(start).as_secs_f64()).collect();
        let later = start + Duration::from_mins(2);
        sent.extend((0..200).map(|_| 120.0 + bucket.take(later).as_secs_f64()));
        sent.sort_by(f64::total_cmp);
        for (first, begin) in sent.iter().enumerate() {
            for (last, end) in sent.iter().enumerate().skip(first) {
                let calls = f64::from(u32::try_from(last - first + 1).unwrap());
                assert!(calls <= 40.0 + 10.0 * (end - begin) + 1e-6);
            }
        }
    }

    #[test]
    fn complaints_about_calls_in_flight_together_count_once() {
        let (mut bucket, now) = bucket(0);
        let heard_at = now + Duration::from_millis(200);
        for _ in 0..8 {
            bucket.slow_down(heard_at, now);
        }
        assert!((bucket.rate - 5.0).abs() < 1e-9);
        bucket.slow_down(heard_at + Duration::from_millis(2), heard_at + Duration::from_millis(1));
        assert!(bucket.rate < 2.6);
    }

    #[test]
    fn a_pause_that_is_asked_for_holds_all_calls_once() {
        let (mut bucket, now) = bucket(0);
        bucket.slow_down(now, now);
        for _ in 0..3 {
            bucket.pause(Duration::from_secs(7));
        }
        let waits = bucket.take(now).as_secs_f64();
        assert!((7.0..7.3).contains(&waits), "{waits}");
    }

    #[test]
    fn rate_comes_back_in_twenty_seconds_and_no_further() {
        let (mut bucket, now) = bucket(0);
        bucket.slow_down(now, now);
        bucket.refill(now + Duration::from_secs(10));
        assert!((bucket.rate - 7.5).abs() < 1e-6);
        bucket.refill(now + Duration::from_secs(100));
        assert!((bucket.rate - 10.0).abs() < 1e-9);
    }

    #[test]
    fn rate_never_falls_below_its_floor() {
        let (mut bucket, now) = bucket(0);
        for seconds in 0..60_u64 {
            let sent_at = now + Duration::from_millis(seconds * 10 + 1);
            bucket.slow_down(sent_at, sent_at);
        }
        assert!(bucket.rate >= 0.5);
    }
}
