//! What is read is what is there, with no call too many.

use crate::witness::{
    API, INTEGRATION, PAYMENTS, RESPONSE, collect, collect_into, ended, keys, options, payments,
};
use crate::witness::{SUPPORT, Witness};
use census_collect::RegionSelection;
use census_directory::scope::Outcome;
use census_sandbox::{GeneratedSpec, Inventory, Sandbox, SandboxOptions};
use std::collections::BTreeSet;

async fn sandbox(inventory: Inventory) -> Sandbox {
    Sandbox::start(SandboxOptions::new(inventory).quota(None)).await.unwrap()
}

fn generated(apis: usize, integrations: usize, responses: usize) -> Inventory {
    Inventory::generated(GeneratedSpec { accounts: 1, regions: 1, apis, integrations, responses })
}

#[tokio::test]
async fn every_row_of_both_accounts_arrives_once() {
    let inventory = Inventory::sample();
    let sandbox = sandbox(inventory.clone()).await;
    let mut options = options(&sandbox, &[]);
    options.accounts.push(keys("AKIASANDBOXSUPPORTS1", "sandbox-support-secret"));
    options.regions = RegionSelection::All;
    let (report, witness) = collect(options).await;
    let report = report.unwrap();
    assert!(report.is_complete(), "{report:?}");
    assert_eq!(report.scopes.len(), witness.finished().len());

    let arns = witness.column(RESPONSE, "_key");
    assert_eq!(arns.len(), inventory.integration_responses());
    assert_eq!(arns.iter().collect::<BTreeSet<_>>().len(), arns.len());
    for account in [PAYMENTS, SUPPORT] {
        let apis: usize =
            inventory.accounts[account].regions.values().map(|region| region.apis.len()).sum();
        assert_eq!(
            witness.column(API, "account_id").iter().filter(|id| *id == account).count(),
            apis
        );
    }
}

#[tokio::test]
async fn only_what_is_asked_for_is_listed_and_handed_over() {
    let sandbox = sandbox(Inventory::sample()).await;
    let (report, witness) = collect(options(&sandbox, &[RESPONSE])).await;
    let report = report.unwrap();
    let (apis, integrations) = sandbox.change(|inventory| {
        let apis = &inventory.accounts[PAYMENTS].regions["us-east-1"].apis;
        let sockets: Vec<_> = apis.iter().filter(|api| api.is_websocket()).collect();
        (sockets.len(), sockets.iter().map(|api| api.integrations.len()).sum::<usize>())
    });
    let counts = sandbox.count_by_operation();
    assert_eq!(counts["GetApis"], 1);
    assert_eq!(counts["GetIntegrations"], apis);
    assert_eq!(counts["GetIntegrationResponses"], integrations);
    assert_eq!(report.calls, u64::try_from(1 + apis + integrations).unwrap());
    assert!(!counts.contains_key("GetRoutes"));
    assert_eq!(report.scopes.len(), 1);
    assert!(witness.column(INTEGRATION, "_key").is_empty());
}

#[tokio::test]
async fn long_lists_are_read_to_the_end() {
    let sandbox = sandbox(generated(1, 2, 1201)).await;
    let mut options = options(&sandbox, &[RESPONSE]);
    options.accounts = vec![keys("AKIAGENERATED0000000", "generated-secret")];
    let (report, witness) = collect(options).await;
    assert_eq!(ended(&report.unwrap(), RESPONSE).rows, 2402);
    assert_eq!(witness.column(RESPONSE, "_key").len(), 2402);
    assert_eq!(sandbox.count_by_operation()["GetIntegrationResponses"], 6);
}

#[tokio::test]
async fn ids_and_names_of_any_characters_reach_path_and_tags() {
    let mut inventory = Inventory::sample();
    let (id, name) = ("a b/é+~%2F;=@:\"", "名前, \"x\" 🦀");
    let api = &mut inventory.region_mut(PAYMENTS, "us-east-1").apis[0];
    api.item["apiId"] = id.into();
    api.item["name"] = name.into();
    let integrations = api.integrations.len();
    let sandbox = sandbox(inventory).await;
    let (report, witness) = collect(options(&sandbox, &[API, INTEGRATION])).await;
    assert!(report.unwrap().is_complete());
    assert!(witness.column(API, "api_id").contains(&id.to_owned()));
    let tags = witness.column(INTEGRATION, "tags");
    let named = tags.iter().filter(|tags| tags.contains(r#""api_name"=>"名前, \"x\" 🦀""#));
    assert_eq!(named.count(), integrations);
}

#[tokio::test]
async fn a_list_that_begins_anew_gives_no_row_twice() {
    let sandbox = sandbox(generated(1, 1, 1201)).await;
    let fault =
        census_sandbox::FaultRule::new(census_sandbox::Effect::ExpiredPageToken).page(3).times(1);
    sandbox.set_faults(vec![fault]);
    let mut options = options(&sandbox, &[RESPONSE]);
    options.accounts = vec![keys("AKIAGENERATED0000000", "generated-secret")];
    let (report, witness) = collect(options).await;
    assert!(report.unwrap().is_complete());
    let arns = witness.column(RESPONSE, "_key");
    assert_eq!((arns.len(), arns.iter().collect::<BTreeSet<_>>().len()), (1201, 1201));
}

#[tokio::test]
async fn a_value_that_does_not_fit_fails_its_scope_and_no_other() {
    let mut inventory = Inventory::sample();
    let integration = &mut inventory.region_mut(PAYMENTS, "us-east-1").apis[0].integrations[0];
    integration.item["timeoutInMillis"] = "soon".into();
    let sandbox = sandbox(inventory).await;
    let (report, _) = collect(options(&sandbox, &[])).await;
    let report = report.unwrap();
    let failed: Vec<_> =
        report.scopes.iter().filter(|(_, report)| report.error_code.is_some()).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].1.outcome, Outcome::Partial);
    let message = failed[0].1.error_message.as_deref().unwrap();
    let told = r#"a string in member "timeoutInMillis" does not fit column "timeout_in_millis" of type int64 in dataset "aws.apigatewayv2_integration"; not read: /v2/apis/"#;
    assert!(message.starts_with(told), "{message}");
}

#[tokio::test]
async fn a_sink_that_refuses_ends_the_census_with_its_error() {
    let sandbox = sandbox(Inventory::sample()).await;
    let (report, _) = collect_into(options(&sandbox, &[API]), Witness::refusing()).await;
    assert_eq!(report.unwrap_err().message(), "no room is left");
}

#[tokio::test]
async fn an_unknown_dataset_is_refused_before_any_call() {
    let sandbox = sandbox(Inventory::sample()).await;
    let mut options = options(&sandbox, &["aws.apigatewayv2_apis"]);
    options.accounts = vec![payments()];
    assert_eq!(collect(options).await.0.unwrap_err().sqlstate().code(), "42P01");
    assert!(sandbox.calls().is_empty());
}
