//! Every fault at every operation and page: the store holds exactly what the rule allows, and coverage says so.

use crate::rule::{List, Reading, Rows, left, lists};
use crate::small::{empty, everything};
use crate::taken::{found, options, rows, sandbox, take};
use census_directory::scope::Outcome;
use census_sandbox::{Effect, FaultRule};
use census_store::Store;
use std::time::Duration;

const OPERATIONS: [&str; 13] = [
    "GetApis",
    "GetIntegrations",
    "GetIntegrationResponses",
    "GetRoutes",
    "GetRouteResponses",
    "GetStages",
    "GetDeployments",
    "GetAuthorizers",
    "GetModels",
    "GetDomainNames",
    "GetApiMappings",
    "ListRoutingRules",
    "GetVpcLinks",
];

/// Returns each lasting fault with how a list ends whose page of this number, counted from 1, meets it.
fn faults(page: usize) -> Vec<(Effect, Reading)> {
    let failed = Reading::Failed { pages: page - 1 };
    let mut faults: Vec<(Effect, Reading)> = [
        Effect::Denied,
        Effect::Throttle { retry_after_seconds: None },
        Effect::ServerError(500),
        Effect::ServerError(503),
        Effect::Reset,
        Effect::ResetInBody,
        Effect::Truncated,
        Effect::Malformed,
        Effect::ExpiredToken,
        // What lies above is listed all the same.
        Effect::NotFound,
    ]
    .into_iter()
    .map(|effect| (effect, failed))
    .collect();
    if page > 1 {
        // The page whose token repeats is read before its token is.
        faults.push((Effect::RepeatedToken, Reading::Failed { pages: page }));
        faults.push((Effect::ExpiredPageToken, failed));
    }
    faults
}

fn reading(operation: &str, how: Reading) -> impl Fn(&List) -> Reading + '_ {
    move |list| if list.operation == operation { how } else { Reading::Whole }
}

fn difference(wanted: &Rows, found: &Rows) -> String {
    let side = |of: &Rows, other: &Rows, what: &str| {
        let differing = of.iter().filter(|(name, text)| other.get(*name) != Some(*text));
        let lines: Vec<String> =
            differing.map(|(name, text)| format!("{what} {name:?} {text}")).collect();
        lines.join("\n")
    };
    format!("{}\n{}", side(wanted, found, "wanted"), side(found, wanted, "found"))
}

async fn check(operation: &str, page: u32) {
    let page_number = usize::try_from(page).unwrap();
    let (before, after) = (everything(["a", "b", "c"], "old"), everything(["b", "c", "d"], "new"));
    let (known, fresh) = (found(&before).await, found(&after).await);
    let lists = lists(&after);
    let sandbox = sandbox(before.clone()).await;
    for (effect, how) in faults(page_number) {
        let store = Store::open_or_create("memory:").await.unwrap();
        sandbox.set_faults(Vec::new());
        sandbox.change(|inventory| *inventory = before.clone());
        take(&store, options(&sandbox)).await;
        assert_eq!(rows(&store).await, known);

        sandbox.change(|inventory| *inventory = after.clone());
        sandbox.set_faults(vec![FaultRule::new(effect.clone()).operation(operation).page(page)]);
        let report = take(&store, options(&sandbox)).await;
        let wanted = left(&lists, &known, &fresh, &reading(operation, how));
        let held = rows(&store).await;
        assert!(
            held == wanted,
            "{effect:?} at page {page} of {operation}\n{}",
            difference(&wanted, &held)
        );
        assert!(!report.is_complete(), "{effect:?} at page {page} of {operation}");
        for row in store.coverage(&[]).await.unwrap() {
            assert_eq!(row.complete, row.outcome == Outcome::Complete);
            assert_eq!(row.error_message.is_none(), row.complete, "{row:?}");
        }

        sandbox.set_faults(Vec::new());
        take(&store, options(&sandbox)).await;
        let mended = rows(&store).await;
        assert!(mended == fresh, "after {effect:?}\n{}", difference(&fresh, &mended));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_fault_on_a_first_page_leaves_what_the_rule_allows() {
    for operation in OPERATIONS {
        check(operation, 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_fault_on_a_later_page_leaves_what_the_rule_allows() {
    for operation in OPERATIONS {
        check(operation, 2).await;
    }
}

#[tokio::test]
async fn an_answer_that_stalls_fails_its_list_alone() {
    let (before, after) = (everything(["a", "b", "c"], "old"), everything(["b", "c", "d"], "new"));
    let (known, fresh) = (found(&before).await, found(&after).await);
    let sandbox = sandbox(before).await;
    let store = Store::open_or_create("memory:").await.unwrap();
    take(&store, options(&sandbox)).await;
    sandbox.change(|inventory| *inventory = after.clone());
    let stall = Effect::Stall(Duration::from_secs(30));
    sandbox.set_faults(vec![FaultRule::new(stall).operation("GetRoutes").parent("c")]);
    let mut options = options(&sandbox);
    options.retry.attempt_timeout = Duration::from_millis(300);
    take(&store, options).await;
    let stalls = |list: &List| match list.operation {
        "GetRoutes" if list.parents == ["c"] => Reading::Failed { pages: 0 },
        _ => Reading::Whole,
    };
    let wanted = left(&lists(&after), &known, &fresh, &stalls);
    let held = rows(&store).await;
    assert!(held == wanted, "{}", difference(&wanted, &held));
}

#[tokio::test]
async fn an_account_that_was_emptied_has_no_rows() {
    let sandbox = sandbox(everything(["a", "b", "c"], "old")).await;
    let store = Store::open_or_create("memory:").await.unwrap();
    take(&store, options(&sandbox)).await;
    sandbox.change(|inventory| *inventory = empty());
    take(&store, options(&sandbox)).await;
    assert!(rows(&store).await.is_empty());
}
