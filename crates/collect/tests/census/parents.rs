//! Rows leave by proof of their own parent's list, not of the whole table's.

use crate::small::everything;
use crate::taken::{options, rows, sandbox, take};
use census_directory::scope::Outcome;
use census_sandbox::{Effect, FaultRule};
use census_store::{CoverageRow, Store};

const ROUTE: &str = "aws.apigatewayv2_route";
const INTEGRATION: &str = "aws.apigatewayv2_integration";
const RESPONSE: &str = "aws.apigatewayv2_integrationresponse";

async fn coverage(store: &Store, dataset: &str) -> CoverageRow {
    store.coverage(&[dataset]).await.unwrap().remove(0)
}

async fn keys(store: &Store, dataset: &str, part: &str) -> Vec<String> {
    let rows = rows(store).await;
    let keys = rows.into_keys().filter(|(id, key)| id == dataset && key.contains(part));
    keys.map(|(_, key)| key.rsplit('/').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_row_leaves_where_its_parent_was_read_and_stays_where_it_was_not() {
    let sandbox = sandbox(everything(["a", "b", "c"], "old")).await;
    let store = Store::open_or_create("memory:").await.unwrap();
    take(&store, options(&sandbox)).await;
    sandbox.change(|inventory| {
        for api in &mut inventory.region_mut("111122223333", "us-east-1").apis {
            api.routes.remove(0);
        }
    });
    sandbox.set_faults(vec![FaultRule::new(Effect::Denied).operation("GetRoutes").parent("c")]);
    take(&store, options(&sandbox)).await;
    assert_eq!(keys(&store, ROUTE, "/apis/a/").await, ["b", "c"]);
    assert_eq!(keys(&store, ROUTE, "/apis/c/").await, ["a", "b", "c"]);
    let row = coverage(&store, ROUTE).await;
    assert_eq!((row.outcome, row.complete), (Outcome::Partial, false));
    assert!(row.data_as_of.is_some() && row.data_as_of < row.started_at);
    let message = row.error_message.unwrap();
    assert!(message.starts_with("GetRoutes was denied, allow \"apigateway:GET\""), "{message}");
    assert!(message.ends_with("; not read: /v2/apis/c/routes"), "{message}");
}

#[tokio::test]
async fn what_lies_below_a_parent_that_is_gone_is_gone_though_nobody_may_list_it() {
    let sandbox = sandbox(everything(["a", "b", "c"], "old")).await;
    let store = Store::open_or_create("memory:").await.unwrap();
    take(&store, options(&sandbox)).await;
    sandbox.change(|inventory| inventory.region_mut("111122223333", "us-east-1").apis.remove(0));
    sandbox.set_faults(vec![FaultRule::new(Effect::Denied).operation("GetIntegrations")]);
    take(&store, options(&sandbox)).await;
    assert_eq!(coverage(&store, INTEGRATION).await.outcome, Outcome::Denied);
    for dataset in [INTEGRATION, RESPONSE] {
        assert!(keys(&store, dataset, "/apis/a/").await.is_empty(), "{dataset}");
        assert!(!keys(&store, dataset, "/apis/c/").await.is_empty(), "{dataset}");
    }
}

#[tokio::test]
async fn a_row_that_does_not_fit_holds_back_its_list_and_no_other() {
    let sandbox = sandbox(everything(["a", "b", "c"], "old")).await;
    let store = Store::open_or_create("memory:").await.unwrap();
    take(&store, options(&sandbox)).await;
    sandbox.change(|inventory| {
        for api in &mut inventory.region_mut("111122223333", "us-east-1").apis {
            api.integrations.remove(0);
            if api.item["apiId"] == "a" {
                api.integrations[0].item["timeoutInMillis"] = "soon".into();
            }
        }
    });
    take(&store, options(&sandbox)).await;
    assert_eq!(keys(&store, INTEGRATION, "/apis/a/").await, ["a", "b", "c"]);
    assert_eq!(keys(&store, INTEGRATION, "/apis/b/").await, ["b", "c"]);
    let row = coverage(&store, INTEGRATION).await;
    assert_eq!(row.outcome, Outcome::Partial);
    assert!(row.error_message.unwrap().ends_with("; not read: /v2/apis/a/integrations"));
    // Its children were listed all the same, and those of the integration that is gone are.
    let row = coverage(&store, RESPONSE).await;
    assert_eq!((row.outcome, row.complete), (Outcome::Complete, true));
}

#[tokio::test]
async fn many_lists_that_fail_are_counted() {
    let sandbox = sandbox(everything(["a", "b", "c"], "old")).await;
    let fault = FaultRule::new(Effect::Denied).operation("GetIntegrationResponses");
    sandbox.set_faults(vec![fault]);
    let store = Store::open_or_create("memory:").await.unwrap();
    take(&store, options(&sandbox)).await;
    let row = coverage(&store, RESPONSE).await;
    assert_eq!((row.outcome, row.data_as_of), (Outcome::Denied, None));
    assert!(row.error_message.unwrap().ends_with(" and 3 more"));
}
