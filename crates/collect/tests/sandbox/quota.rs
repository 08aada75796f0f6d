//! The quota is used, and never exceeded.

use crate::witness::{RESPONSE, collect, keys, options};
use census_collect::Quota;
use census_sandbox::{GeneratedSpec, Inventory, Sandbox, SandboxOptions};
use std::time::Duration;

#[tokio::test]
async fn a_census_at_full_quota_provokes_no_throttling_and_makes_the_fewest_calls() {
    let spec = GeneratedSpec { accounts: 1, regions: 1, apis: 4, integrations: 50, responses: 2 };
    let quota = census_sandbox::Quota { per_second: 100, burst: 100 };
    let sandbox =
        Sandbox::start(SandboxOptions::new(Inventory::generated(spec)).quota(Some(quota)))
            .await
            .unwrap();
    let mut options = options(&sandbox, &[RESPONSE]);
    options.accounts = vec![keys("AKIAGENERATED0000000", "generated-secret")];
    options.quota = Some(Quota { rate_per_second: 100.0, burst: 100.0 });
    options.reserve_percent = 0;
    let report = collect(options).await.0.unwrap();
    assert!(report.is_complete());
    assert_eq!((report.calls, report.throttles), (1 + 4 + 200, 0));
    let took = (report.finished_at - report.started_at).to_std().unwrap();
    assert!(took >= Duration::from_millis(1_050), "{took:?}");
}

/// Another tool has used up the burst: the collector notices, slows down, and still reads everything.
#[tokio::test]
async fn a_spent_burst_provokes_a_handful_of_refusals_and_no_gap() {
    let spec = GeneratedSpec { accounts: 1, regions: 1, apis: 2, integrations: 40, responses: 1 };
    let quota = census_sandbox::Quota { per_second: 100, burst: 5 };
    let sandbox =
        Sandbox::start(SandboxOptions::new(Inventory::generated(spec)).quota(Some(quota)))
            .await
            .unwrap();
    let mut options = options(&sandbox, &[RESPONSE]);
    options.accounts = vec![keys("AKIAGENERATED0000000", "generated-secret")];
    options.quota = Some(Quota { rate_per_second: 100.0, burst: 100.0 });
    options.reserve_percent = 0;
    options.retry.base_delay = Duration::from_millis(250);
    let report = collect(options).await.0.unwrap();
    assert!(report.is_complete(), "{report:?}");
    assert!((1..=20).contains(&report.throttles), "{}", report.throttles);
    assert_eq!(report.calls, 1 + 2 + 80 + report.throttles);
}
