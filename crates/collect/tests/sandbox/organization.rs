//! The accounts of an organization, each through its role.

use crate::witness::{PAYMENTS, SUPPORT, collect, keys, organization};
use census_collect::{CollectOptions, Collector, Quota, RegionSelection};
use census_directory::Directory;
use census_directory::scope::Outcome;
use census_sandbox::{Account, Effect, FaultRule, Inventory, Role, Sandbox, SandboxOptions};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

async fn sandbox(inventory: Inventory) -> Sandbox {
    Sandbox::start(SandboxOptions::new(inventory).quota(None)).await.unwrap()
}

async fn accounts(options: CollectOptions) -> Vec<String> {
    let report = collect(options).await.0.unwrap();
    assert!(report.is_complete(), "{report:?}");
    report.scopes.into_iter().map(|(scope, _)| scope.account_id).collect()
}

#[tokio::test]
async fn every_account_is_collected_and_the_asking_one_by_its_own_credentials() {
    let sandbox = sandbox(Inventory::sample()).await;
    assert_eq!(accounts(organization(&sandbox, &[], &[])).await, [PAYMENTS, SUPPORT]);
    let counts = sandbox.count_by_operation();
    assert_eq!((counts["ListAccounts"], counts["AssumeRole"]), (1, 1));
    // The asking account is identified once; an assumed role's account is the role's.
    assert_eq!(counts["GetCallerIdentity"], 1);
}

#[tokio::test]
async fn requests_are_counted_by_service() {
    let sandbox = sandbox(Inventory::sample()).await;
    let mut options = organization(&sandbox, &[], &[]);
    options.regions = RegionSelection::Matching(vec!["us-*".to_owned()]);
    let directory = Arc::new(Directory::builtin().clone());
    let survey = Collector::new(options.clone(), directory).unwrap().survey().await.unwrap();
    let counted = |requests: &BTreeMap<String, u64>| {
        requests.iter().map(|(service, count)| format!("{service} {count}")).collect::<Vec<_>>()
    };
    assert_eq!(counted(&survey.requests), ["ec2 2", "organizations 1", "sts 2"]);

    sandbox.clear_calls();
    let report = collect(options).await.0.unwrap();
    let expected = ["apigateway 4", "ec2 2", "organizations 1", "sts 2"];
    assert_eq!(counted(&report.requests), expected);
    assert_eq!((report.calls, sandbox.calls().len()), (4, 9));
}

#[tokio::test]
async fn api_gateways_quota_is_all_its_own() {
    let sandbox = sandbox(Inventory::sample()).await;
    let mut options = organization(&sandbox, &[], &[]);
    // One list a quarter of an hour and account: in its bucket whatever finds accounts and regions would wait.
    options.quota = Some(Quota { rate_per_second: 0.001, burst: 1.0 });
    options.regions = RegionSelection::Matching(vec!["us-east-1".to_owned()]);
    let report = collect(options).await.0.unwrap();
    let took = (report.finished_at - report.started_at).to_std().unwrap();
    assert!(report.is_complete() && took < Duration::from_mins(1), "{took:?}");
}

#[tokio::test]
async fn organizational_units_are_included_and_left_out_with_all_below_them() {
    let sandbox = sandbox(Inventory::sample()).await;
    let chosen = async |include: &[&str], exclude: &[&str]| {
        accounts(organization(&sandbox, include, exclude)).await
    };
    assert_eq!(chosen(&["ou-sand-workloads"], &[]).await, [PAYMENTS, SUPPORT]);
    assert_eq!(chosen(&["ou-sand-staging"], &[]).await, [SUPPORT]);
    assert_eq!(chosen(&[], &["ou-sand-staging"]).await, [PAYMENTS]);
    assert_eq!(chosen(&["ou-sand-workloads"], &["ou-sand-production"]).await, [SUPPORT]);
}

#[tokio::test]
async fn an_organization_of_many_pages_is_read_to_the_end() {
    let mut inventory = Inventory::sample();
    for number in 0..45_u32 {
        let account = Account {
            roles: vec![Role { name: "CensusReader".to_owned(), external_id: None }],
            ..Account::default()
        };
        inventory.accounts.insert(format!("9{number:011}"), account);
    }
    let sandbox = sandbox(inventory).await;
    assert_eq!(accounts(organization(&sandbox, &[], &[])).await.len(), 47);
    assert_eq!(sandbox.count_by_operation()["ListAccounts"], 3);
}

#[tokio::test]
async fn a_role_may_ask_for_an_external_id() {
    let mut inventory = Inventory::sample();
    inventory.accounts.get_mut(SUPPORT).unwrap().roles[0].external_id = Some("secret".to_owned());
    let sandbox = sandbox(inventory).await;
    let mut options = organization(&sandbox, &[], &[]);
    let report = collect(options.clone()).await.0.unwrap();
    let denied = report.scopes.iter().find(|(scope, _)| scope.account_id == SUPPORT).unwrap();
    assert_eq!(denied.1.outcome, Outcome::Denied);
    options.organization.as_mut().unwrap().external_id = Some("secret".to_owned());
    assert_eq!(accounts(options).await, [PAYMENTS, SUPPORT]);
}

#[tokio::test]
async fn an_organization_that_cannot_be_listed_is_an_error_that_says_why() {
    let sandbox = sandbox(Inventory::sample()).await;
    let mut foreign = organization(&sandbox, &[], &[]);
    foreign.organization.as_mut().unwrap().base =
        keys("AKIASANDBOXSUPPORTS1", "sandbox-support-secret");
    let error = collect(foreign).await.0.unwrap_err();
    assert_eq!(error.sqlstate().code(), "42501");
    assert!(error.message().contains("AccessDeniedException"), "{}", error.message());

    let unknown = collect(organization(&sandbox, &["ou-none"], &[])).await.0.unwrap_err();
    assert_eq!(unknown.sqlstate().code(), "22023");
    assert!(unknown.message().contains("ParentNotFoundException"), "{}", unknown.message());

    sandbox.change(|inventory| inventory.management_account = None);
    let none = collect(organization(&sandbox, &[], &[])).await.0.unwrap_err();
    assert_eq!(none.hint(), Some("Accounts can also be named with --role-arn or --profile."));
}

#[tokio::test]
async fn a_throttled_organization_is_asked_again() {
    let sandbox = sandbox(Inventory::sample()).await;
    let throttle = Effect::Throttle { retry_after_seconds: None };
    sandbox.set_faults(vec![FaultRule::new(throttle).operation("ListAccounts").times(2)]);
    assert_eq!(accounts(organization(&sandbox, &[], &[])).await, [PAYMENTS, SUPPORT]);
}
