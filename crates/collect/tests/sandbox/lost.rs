//! What should be read and cannot: it is planned, and ends with its reason.

use crate::witness::{
    API, INTEGRATION, PAYMENTS, SUPPORT, collect, options, organization, payments,
};
use census_collect::{AccountSource, CollectOptions, RegionSelection, RunReport};
use census_directory::scope::{Outcome, Scope};
use census_sandbox::{Effect, FaultRule, Inventory, Sandbox, SandboxOptions};
use std::collections::HashSet;

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::new(Inventory::sample()).quota(None)).await.unwrap()
}

fn role(account: &str) -> AccountSource {
    let arn = format!("arn:aws:iam::{account}:role/CensusReader");
    AccountSource::Role { arn, external_id: None, base: Box::new(payments()) }
}

fn scope(account: &str, region: &str, dataset: &str) -> Scope {
    Scope { account_id: account.to_owned(), region: region.to_owned(), dataset: dataset.to_owned() }
}

fn whole_organization(sandbox: &Sandbox) -> CollectOptions {
    CollectOptions { regions: RegionSelection::All, ..organization(sandbox, &[], &[]) }
}

/// Returns region, outcome and name of the reason of an account's scopes.
fn told<'a>(report: &'a RunReport, account: &str) -> Vec<(&'a str, Outcome, Option<&'a str>)> {
    let scopes = report.scopes.iter().filter(|(scope, _)| scope.account_id == account);
    let told = scopes
        .map(|(scope, ended)| (scope.region.as_str(), ended.outcome, ended.error_code.as_deref()));
    told.collect()
}

#[tokio::test]
async fn whatever_will_end_is_planned_before_anything_is_listed() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API, INTEGRATION]);
    options.regions = RegionSelection::Matching(vec!["us-*".to_owned(), "me-*".to_owned()]);
    options.fresh = HashSet::from([scope(PAYMENTS, "us-west-2", API)]);
    let (report, witness) = collect(options).await;
    assert!(report.unwrap().is_complete());
    // A region that is not enabled hides nothing, and what is fresh is not read.
    assert_eq!(
        witness.planned(),
        [
            scope(PAYMENTS, "us-east-1", API),
            scope(PAYMENTS, "us-east-1", INTEGRATION),
            scope(PAYMENTS, "us-west-2", INTEGRATION),
        ]
    );
}

#[tokio::test]
async fn an_account_whose_regions_cannot_be_listed_is_denied_where_it_is_known_and_where_others_are()
 {
    let sandbox = sandbox().await;
    let denied = FaultRule::new(Effect::Denied).operation("DescribeRegions").account(SUPPORT);
    sandbox.set_faults(vec![denied]);
    let mut options = whole_organization(&sandbox);
    options.known.scopes = HashSet::from([scope(SUPPORT, "sa-east-1", API)]);
    let (report, witness) = collect(options).await;
    let report = report.unwrap();
    assert!(!report.is_complete());
    assert_eq!(report.account_failures[0].account_id.as_deref(), Some(SUPPORT));
    let denied = |region| (region, Outcome::Denied, Some("UnauthorizedOperation"));
    let regions =
        ["ap-southeast-2", "eu-central-1", "eu-west-1", "sa-east-1", "us-east-1", "us-west-2"];
    assert_eq!(told(&report, SUPPORT), regions.map(denied));
    assert!(witness.planned().contains(&scope(SUPPORT, "sa-east-1", API)));
    assert!(told(&report, PAYMENTS).iter().any(|(_, outcome, _)| *outcome == Outcome::Complete));
}

#[tokio::test]
async fn an_account_alone_that_lets_nobody_in_loses_what_is_known_of_it() {
    let sandbox = sandbox().await;
    sandbox.change(|inventory| inventory.accounts.get_mut(SUPPORT).unwrap().roles.clear());
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![role(SUPPORT)];
    options.regions = RegionSelection::All;
    options.known.scopes = HashSet::from([
        scope(SUPPORT, "us-east-1", API),
        scope(SUPPORT, "us-east-1", INTEGRATION),
        scope(PAYMENTS, "eu-west-1", API),
    ]);
    let (report, witness) = collect(options).await;
    assert_eq!(report.unwrap_err().sqlstate().code(), "28000");
    let finished = witness.finished();
    assert_eq!(finished.len(), 1);
    assert_eq!(finished[0].0, scope(SUPPORT, "us-east-1", API));
    assert_eq!(finished[0].1.outcome, Outcome::Denied);
}

#[tokio::test]
async fn a_throttled_role_is_throttled_and_not_denied() {
    let sandbox = sandbox().await;
    let throttle = Effect::Throttle { retry_after_seconds: None };
    sandbox.set_faults(vec![FaultRule::new(throttle).operation("AssumeRole")]);
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![payments(), role(SUPPORT)];
    let report = collect(options).await.0.unwrap();
    assert_eq!(told(&report, SUPPORT), [("us-east-1", Outcome::Throttled, Some("Throttling"))]);
    let hint = report.account_failures[0].error.hint().unwrap();
    assert!(!hint.contains("sso login"), "{hint}");
    assert_eq!(sandbox.count_by_operation()["AssumeRole"], 10);
}

#[tokio::test]
async fn a_role_that_is_throttled_for_a_while_is_assumed() {
    let sandbox = sandbox().await;
    let throttle = Effect::Throttle { retry_after_seconds: None };
    sandbox.set_faults(vec![FaultRule::new(throttle).operation("AssumeRole").times(7)]);
    let mut options = options(&sandbox, &[API]);
    options.accounts = vec![role(SUPPORT)];
    assert!(collect(options).await.0.unwrap().is_complete());
}

#[tokio::test]
async fn a_role_whose_service_fails_is_failed_and_not_denied() {
    let sandbox = sandbox().await;
    for effect in [Effect::ServerError(503), Effect::Malformed, Effect::Reset] {
        sandbox.set_faults(vec![FaultRule::new(effect.clone()).operation("AssumeRole")]);
        let mut options = options(&sandbox, &[API]);
        options.accounts = vec![payments(), role(SUPPORT)];
        let report = collect(options).await.0.unwrap();
        let told = told(&report, SUPPORT);
        assert_eq!((told.len(), told[0].1), (1, Outcome::Failed), "{effect:?}: {told:?}");
    }
}

#[tokio::test]
async fn an_account_that_has_left_the_organization_is_not_complete_any_more() {
    let sandbox = sandbox().await;
    let left = "777788889999";
    let mut options = whole_organization(&sandbox);
    options.known.scopes = HashSet::from([
        scope(left, "eu-west-1", API),
        scope(left, "eu-west-1", INTEGRATION),
        scope(SUPPORT, "eu-west-1", API),
    ]);
    // A store may have accounts from elsewhere: of one that was never read with this organization nothing follows.
    options.known.together = HashSet::from([vec![left.to_owned()]]);
    assert!(told(&collect(options.clone()).await.0.unwrap(), left).is_empty());

    options.known.together = HashSet::from([vec![SUPPORT.to_owned(), left.to_owned()]]);
    let report = collect(options.clone()).await.0.unwrap();
    assert!(!report.is_complete());
    let gone = ("eu-west-1", Outcome::Failed, Some("NotInOrganization"));
    assert_eq!(told(&report, left), [gone]);

    // Of some units alone nothing follows for accounts of others.
    options.organization.as_mut().unwrap().include = vec!["ou-sand-workloads".to_owned()];
    let report = collect(options).await.0.unwrap();
    assert!(report.is_complete() && told(&report, left).is_empty());
}

#[tokio::test]
async fn a_region_that_is_listed_no_more_is_not_complete_any_more() {
    let sandbox = sandbox().await;
    let mut options = options(&sandbox, &[API]);
    options.regions = RegionSelection::Matching(vec!["us-*".to_owned()]);
    options.known.scopes = HashSet::from([
        scope(PAYMENTS, "us-gone-1", API),
        scope(PAYMENTS, "eu-gone-1", API),
        scope(SUPPORT, "us-gone-1", API),
    ]);
    let report = collect(options).await.0.unwrap();
    assert!(!report.is_complete());
    assert_eq!(
        told(&report, PAYMENTS),
        [
            ("us-east-1", Outcome::Complete, None),
            ("us-gone-1", Outcome::Failed, Some("RegionNotListed")),
            ("us-west-2", Outcome::Complete, None),
        ]
    );
    assert!(told(&report, SUPPORT).is_empty());
}

#[tokio::test]
async fn a_list_of_regions_that_breaks_off_is_none() {
    let sandbox = sandbox().await;
    sandbox.set_faults(vec![FaultRule::new(Effect::Truncated).operation("DescribeRegions")]);
    let mut options = options(&sandbox, &[API]);
    options.regions = RegionSelection::All;
    let error = collect(options).await.0.unwrap_err();
    assert!(error.message().contains("MalformedAnswer"), "{}", error.message());
}

#[tokio::test]
async fn a_unit_that_is_left_out_must_exist() {
    let sandbox = sandbox().await;
    let excluding = |units: &[&str]| {
        let mut options = whole_organization(&sandbox);
        let organization = options.organization.as_mut().unwrap();
        organization.exclude = units.iter().map(|&unit| unit.to_owned()).collect();
        options
    };
    let error = collect(excluding(&["ou-sand-prodution"])).await.0.unwrap_err();
    assert_eq!(error.sqlstate().code(), "22023");
    assert!(error.message().contains("ParentNotFoundException"), "{}", error.message());
    // One that lies within another that is left out is there as well.
    let both = excluding(&["ou-sand-staging", "ou-sand-production"]);
    assert!(
        collect(both).await.0.is_err_and(|error| error.message().contains("no active account"))
    );
}
