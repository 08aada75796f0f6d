//! The management quota of API Gateway: one token bucket an account and region.
//!
//! Source: the developer guide's quotas page: 10 requests a second with a burst of 40, shared by
//! all operations of an account in a region.

use std::collections::HashMap;
use std::time::SystemTime;

/// A sustained rate and the burst above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Requests a second that the bucket is refilled with.
    pub per_second: u32,
    /// Requests that a full bucket holds.
    pub burst: u32,
}

impl Quota {
    /// What AWS grants: 10 requests a second, burst 40.
    pub const AWS: Self = Self { per_second: 10, burst: 40 };
}

/// Nanoseconds in a second: a bucket counts in these parts of a request, so that refilling is
/// exact integer arithmetic.
const PARTS: u128 = 1_000_000_000;

#[derive(Debug)]
struct Bucket {
    parts: u128,
    filled_at: SystemTime,
}

/// The buckets of all accounts and regions.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    quota: Option<Quota>,
    buckets: HashMap<(String, String), Bucket>,
}

impl Buckets {
    pub(crate) fn new(quota: Option<Quota>) -> Self {
        Self { quota, buckets: HashMap::new() }
    }

    /// Takes one request out of the bucket; false where it does not hold one.
    pub(crate) fn take(&mut self, account: &str, region: &str, now: SystemTime) -> bool {
        let Some(quota) = self.quota else {
            return true;
        };
        let capacity = u128::from(quota.burst) * PARTS;
        let bucket = self
            .buckets
            .entry((account.to_owned(), region.to_owned()))
            .or_insert(Bucket { parts: capacity, filled_at: now });
        // A clock that went back refills nothing.
        let elapsed = now.duration_since(bucket.filled_at).unwrap_or_default();
        let refill = elapsed.as_nanos() * u128::from(quota.per_second);
        bucket.parts = capacity.min(bucket.parts + refill);
        bucket.filled_at = bucket.filled_at.max(now);
        if bucket.parts < PARTS {
            return false;
        }
        bucket.parts -= PARTS;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_bucket_refills_a_request_each_tenth_of_a_second() {
        let mut buckets = Buckets::new(Some(Quota::AWS));
        let start = SystemTime::UNIX_EPOCH;
        let taken = (0..50).filter(|_| buckets.take("a", "r", start)).count();
        assert_eq!(taken, 40);
        assert!(!buckets.take("a", "r", start + Duration::from_millis(99)));
        assert!(buckets.take("a", "r", start + Duration::from_millis(100)));
        assert!(!buckets.take("a", "r", start + Duration::from_millis(100)));
        assert!(buckets.take("a", "other", start));
    }
}
