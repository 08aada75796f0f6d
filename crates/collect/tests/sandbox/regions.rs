//! Which regions a selection means: none is dropped without a word, and none is made up.

use crate::witness::{API, PAYMENTS, collect, keys, options, payments};
use census_collect::{RegionSelection, RunReport};
use census_sandbox::{Account, Effect, FaultRule, Inventory, KnownRegion, Sandbox, SandboxOptions};

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::new(Inventory::sample()).quota(None)).await.unwrap()
}

fn listed(names: &[&str]) -> RegionSelection {
    RegionSelection::Listed(names.iter().map(|&name| name.to_owned()).collect())
}

fn matching(patterns: &[&str]) -> RegionSelection {
    RegionSelection::Matching(patterns.iter().map(|&pattern| pattern.to_owned()).collect())
}

fn regions(report: &RunReport) -> Vec<&str> {
    report.scopes.iter().map(|(scope, _)| scope.region.as_str()).collect()
}

#[tokio::test]
async fn a_misspelt_region_is_an_error_and_never_a_scope() {
    let sandbox = sandbox().await;
    for selection in [listed(&["us-east-1", "eu-wset-1"]), matching(&["us-*", "eu-wset-1"])] {
        let mut options = options(&sandbox, &[API]);
        options.regions = selection;
        let (report, witness) = collect(options).await;
        let report = report.unwrap();
        assert!(!report.is_complete());
        let error = &report.account_failures[0].error;
        assert_eq!(
            (error.sqlstate().code(), error.message()),
            ("22023", "region \"eu-wset-1\" does not exist")
        );
        assert_eq!(error.hint(), Some("Perhaps the region \"eu-west-1\"."));
        assert!(!regions(&report).contains(&"eu-wset-1"));
        assert!(witness.planned().iter().all(|scope| scope.region != "eu-wset-1"));
    }
}

#[tokio::test]
async fn a_misspelt_region_alone_ends_the_census() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[]);
    options.regions = listed(&["mars-1"]);
    let (report, witness) = collect(options).await;
    let error = report.unwrap_err();
    assert_eq!(
        (error.sqlstate().code(), error.message()),
        ("22023", "region \"mars-1\" does not exist")
    );
    assert!(witness.planned().is_empty() && witness.finished().is_empty());
}

#[tokio::test]
async fn a_region_that_is_newer_than_this_program_is_one_if_aws_lists_it() {
    let sandbox = sandbox().await;
    sandbox.change(|inventory| {
        inventory.regions.push(KnownRegion { name: "eu-new-9".to_owned(), opt_in: false });
    });
    let mut options = options(&sandbox, &[API]);
    options.regions = listed(&["eu-new-9"]);
    let report = collect(options.clone()).await.0.unwrap();
    assert!(report.is_complete());
    assert_eq!(regions(&report), ["eu-new-9"]);

    sandbox.set_faults(vec![FaultRule::new(Effect::Denied).operation("DescribeRegions")]);
    assert!(collect(options).await.0.is_err());
}

#[tokio::test]
async fn a_region_that_is_known_is_not_asked_about() {
    let sandbox = sandbox().await;
    assert!(collect(options(&sandbox, &[API])).await.0.unwrap().is_complete());
    assert!(!sandbox.count_by_operation().contains_key("DescribeRegions"));
}

#[tokio::test]
async fn two_sources_of_one_account_are_walked_through_the_regions_of_both() {
    let mut inventory = Inventory::sample();
    let payments_account: &mut Account = inventory.accounts.get_mut(PAYMENTS).unwrap();
    let mut second = payments_account.access_keys[0].clone();
    second.id = "AKIASANDBOXPAYMENTS2".to_owned();
    payments_account.access_keys.push(second);
    let sandbox = Sandbox::start(SandboxOptions::new(inventory).quota(None)).await.unwrap();
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![payments(), keys("AKIASANDBOXPAYMENTS2", "sandbox-payments-secret")];
    options.regions = matching(&["us-*"]);
    let report = collect(options).await.0.unwrap();
    assert_eq!(regions(&report), ["us-east-1", "us-west-2"]);
}
