//! Who is collected, and where.

use crate::witness::{API, PAYMENTS, SUPPORT, collect, keys, options, outcome, payments};
use census_collect::{AccountSource, RegionSelection};
use census_directory::scope::Outcome;
use census_sandbox::{Effect, FaultRule, Inventory, Sandbox, SandboxOptions};

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::new(Inventory::sample()).quota(None)).await.unwrap()
}

fn role(account: &str) -> AccountSource {
    let arn = format!("arn:aws:iam::{account}:role/CensusReader");
    AccountSource::Role { arn, external_id: None, base: Box::new(payments()) }
}

#[tokio::test]
async fn an_account_that_two_sources_lead_to_is_collected_once() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![payments(), role(PAYMENTS), role(SUPPORT)];
    let (report, witness) = collect(options).await;
    let report = report.unwrap();
    let accounts: Vec<_> =
        report.scopes.iter().map(|(scope, _)| scope.account_id.as_str()).collect();
    assert_eq!(accounts, [PAYMENTS, SUPPORT]);
    assert!(witness.column(API, "account_id").contains(&SUPPORT.to_owned()));
    assert_eq!(sandbox.count_by_operation()["GetApis"], 2);
}

#[tokio::test]
async fn a_source_without_account_stops_no_other() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![keys("AKIANOSUCHKEY0000000", "x"), payments()];
    let (report, _) = collect(options).await;
    let report = report.unwrap();
    assert_eq!(report.scopes.len(), 1);
    assert!(!report.is_complete());
    let failure = &report.account_failures[0];
    assert_eq!(failure.error.sqlstate().code(), "28000");
    assert_eq!(failure.source, "the access key \"AKIANOSUCHKEY0000000\"");
}

#[tokio::test]
async fn no_account_at_all_is_an_error() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![keys("AKIANOSUCHKEY0000000", "x")];
    let error = collect(options).await.0.unwrap_err();
    insta::assert_snapshot!(census_error::terminal(&error, None), @r#"
    ERROR:  28000: the account of the access key "AKIANOSUCHKEY0000000" could not be identified: The security token included in the request is invalid.
    DETAIL:  AWS calls it InvalidClientTokenId.
    HINT:  The access key may be deleted, of another partition, or lack its AWS_SESSION_TOKEN.
    "#);
}

#[tokio::test]
async fn all_regions_include_those_not_enabled() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.regions = RegionSelection::All;
    let report = collect(options).await.0.unwrap();
    let told: Vec<_> = report
        .scopes
        .iter()
        .map(|(scope, report)| (scope.region.as_str(), report.outcome))
        .collect();
    let enabled = |region| (region, Outcome::Complete);
    assert_eq!(
        told,
        [
            enabled("ap-southeast-2"),
            enabled("eu-central-1"),
            enabled("eu-west-1"),
            ("me-south-1", Outcome::NotEnabled),
            enabled("us-east-1"),
            enabled("us-west-2"),
        ]
    );
    assert!(sandbox.calls().iter().all(|call| call.region != "me-south-1"));
}

#[tokio::test]
async fn a_named_region_that_is_not_enabled_says_so() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[]);
    options.regions = RegionSelection::Listed(vec!["me-south-1".to_owned()]);
    let report = collect(options).await.0.unwrap();
    assert!(
        report.scopes.iter().all(|(_, report)| report.outcome == Outcome::NotEnabled),
        "{report:?}"
    );
}

/// A list that is still waiting when the region turns out not to be enabled must not end as one that is empty.
#[tokio::test]
async fn a_region_that_is_not_enabled_is_so_for_lists_that_were_never_asked_for() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[]);
    options.regions = RegionSelection::Listed(vec!["me-south-1".to_owned()]);
    options.calls_per_region = 1;
    let report = collect(options).await.0.unwrap();
    assert_eq!((report.calls, report.scopes.len()), (1, 13));
    for (scope, report) in &report.scopes {
        assert_eq!(report.outcome, Outcome::NotEnabled, "{scope:?}");
        let told = "the region is not enabled for the account";
        assert_eq!(report.error_message.as_deref(), Some(told), "{scope:?}");
    }
}

#[tokio::test]
async fn regions_that_cannot_be_listed_are_an_error_with_a_hint() {
    let sandbox = sandbox().await;
    sandbox.set_faults(vec![FaultRule::new(Effect::Denied).operation("DescribeRegions")]);
    let mut options = options(&sandbox, &[API]);
    options.regions = RegionSelection::All;
    let error = collect(options).await.0.unwrap_err();
    assert_eq!(error.sqlstate().code(), "42501");
    assert_eq!(
        error.hint(),
        Some("Allow \"ec2:DescribeRegions\", or name regions with --regions.")
    );
}

#[tokio::test]
async fn keys_that_run_out_meanwhile_are_renewed() {
    let sandbox = sandbox().await;
    let rule = FaultRule::new(Effect::ExpiredToken).operation("GetApis").times(1);
    sandbox.set_faults(vec![rule]);
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![role(PAYMENTS)];
    let report = collect(options).await.0.unwrap();
    assert_eq!(outcome(&report, API), Outcome::Complete);
    assert_eq!(sandbox.count_by_operation()["AssumeRole"], 2);
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_reached_is_a_connection_failure() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.endpoint_url = Some(format!("http://{closed}"));
    let error = collect(options).await.0.unwrap_err();
    assert_eq!(error.sqlstate().code(), "08006");
    assert!(error.message().contains("Connection refused"), "{}", error.message());
}

#[tokio::test]
async fn regions_may_be_patterns() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.regions = RegionSelection::Matching(vec!["eu-*".to_owned(), "me-south-1".to_owned()]);
    let report = collect(options).await.0.unwrap();
    let told: Vec<_> = report
        .scopes
        .iter()
        .map(|(scope, report)| (scope.region.as_str(), report.outcome))
        .collect();
    assert_eq!(
        told,
        [
            ("eu-central-1", Outcome::Complete),
            ("eu-west-1", Outcome::Complete),
            ("me-south-1", Outcome::NotEnabled),
        ]
    );
}

#[tokio::test]
async fn a_pattern_that_fits_no_region_is_an_error() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.regions = RegionSelection::Matching(vec!["mars-*".to_owned()]);
    let error = collect(options).await.0.unwrap_err();
    assert_eq!(error.sqlstate().code(), "22023");
    assert_eq!(error.message(), format!("no region of account \"{PAYMENTS}\" matches \"mars-*\""));
}

#[tokio::test]
async fn an_account_that_lets_nobody_in_is_denied_and_not_empty() {
    let sandbox = sandbox().await;
    sandbox.change(|inventory| inventory.accounts.get_mut(SUPPORT).unwrap().roles.clear());
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![payments(), role(SUPPORT)];
    let (report, witness) = collect(options).await;
    let report = report.unwrap();
    assert_eq!(report.account_failures.len(), 1);
    let (scope, denied) =
        report.scopes.iter().find(|(scope, _)| scope.account_id == SUPPORT).unwrap();
    assert_eq!((scope.region.as_str(), denied.outcome), ("us-east-1", Outcome::Denied));
    assert_eq!(denied.error_code.as_deref(), Some("AccessDenied"));
    let message = denied.error_message.as_deref().unwrap();
    let told =
        format!("the role \"arn:aws:iam::{SUPPORT}:role/CensusReader\" could not be assumed: ");
    assert!(message.starts_with(&told), "{message}");
    assert_eq!(witness.finished().len(), 2);
}

#[tokio::test]
async fn an_account_alone_that_lets_nobody_in_is_an_error_and_recorded() {
    let sandbox = sandbox().await;
    sandbox.change(|inventory| inventory.accounts.get_mut(SUPPORT).unwrap().roles.clear());
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![role(SUPPORT)];
    let (report, witness) = collect(options).await;
    assert_eq!(report.unwrap_err().sqlstate().code(), "28000");
    assert_eq!(witness.finished()[0].1.outcome, Outcome::Denied);
}

#[tokio::test]
async fn keys_of_roles_are_renewed_before_they_expire() {
    let sandbox = Sandbox::start(
        SandboxOptions::new(Inventory::sample())
            .quota(None)
            .session_duration(std::time::Duration::from_mins(1)),
    )
    .await
    .unwrap();
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![role(PAYMENTS)];
    let report = collect(options).await.0.unwrap();
    assert!(report.is_complete());
    // Keys that last a minute are always about to expire: each call has keys of its own, and none is refused.
    assert!(sandbox.count_by_operation()["AssumeRole"] >= 2);
    assert!(sandbox.calls().iter().all(|call| call.status == 200));
}
