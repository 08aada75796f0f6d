//! The limiters of a census: one for each service that an account calls in a region.

use crate::limiter::Limiter;
use crate::options::Quota;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Hands out the limiter of whatever has a quota of its own, so that no service uses up another's.
#[derive(Debug)]
pub(crate) struct Limiters {
    /// API Gateway's quota; `None` paces nothing.
    quota: Option<Quota>,
    reserve_percent: u8,
    known: Mutex<HashMap<Bucket, Arc<Limiter>>>,
}

/// Account, region and service.
type Bucket = (String, String, String);

impl Limiters {
    /// Returns limiters that leave a share of each quota to others.
    pub(crate) fn new(quota: Option<Quota>, reserve_percent: u8) -> Self {
        Self { quota, reserve_percent, known: Mutex::default() }
    }

    /// Returns what paces an account's calls of a service in a region; `None` where nothing does.
    ///
    /// The service is called by its signing name.
    pub(crate) fn of(&self, account_id: &str, region: &str, service: &str) -> Option<Arc<Limiter>> {
        let quota = published(service, self.quota?);
        // Limiters stay usable whatever happened to another holder.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = (account_id.to_owned(), region.to_owned(), service.to_owned());
        let limiter = known
            .entry(bucket)
            .or_insert_with(|| Arc::new(Limiter::new(quota, self.reserve_percent)));
        Some(Arc::clone(limiter))
    }
}

/// Returns a service's published quota; a service that is not known is called as carefully as API Gateway.
fn published(service: &str, api_gateway: Quota) -> Quota {
    match service {
        "ec2" => Quota::EC2,
        "organizations" => Quota::ORGANIZATIONS,
        "sts" => Quota::STS,
        _ => api_gateway,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(limiters: &Limiters, service: &str) -> usize {
        let limiter = limiters.of("111122223333", "us-east-1", service).unwrap();
        (0..1000).take_while(|_| limiter.reserve().is_zero()).count()
    }

    #[test]
    fn services_do_not_share_a_bucket() {
        let limiters = Limiters::new(Some(Quota::API_GATEWAY), 0);
        assert!(free(&limiters, "sts") > 100);
        assert!(free(&limiters, "ec2") > 50);
        assert!(free(&limiters, "organizations") > 5);
        assert_eq!(free(&limiters, "apigateway"), 36);
        assert_eq!(free(&limiters, "apigateway"), 0);
    }

    #[test]
    fn accounts_and_regions_do_not_share_a_bucket_either() {
        let limiters = Limiters::new(Some(Quota::API_GATEWAY), 0);
        let of = |account, region| limiters.of(account, region, "apigateway").unwrap();
        let used_up = of("1", "us-east-1");
        while used_up.reserve().is_zero() {}
        assert!(!of("1", "us-east-1").reserve().is_zero());
        assert!(of("2", "us-east-1").reserve().is_zero());
        assert!(of("1", "eu-west-1").reserve().is_zero());
    }

    #[test]
    fn without_a_quota_nothing_is_paced() {
        assert!(Limiters::new(None, 0).of("1", "us-east-1", "sts").is_none());
    }
}
