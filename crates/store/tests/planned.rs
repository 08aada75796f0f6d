//! Scopes that a run has announced and not read yet.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::scope::{Outcome, Scope};
use census_store::Store;
use inventory::{ACCOUNT, DATASET, collect, items, recorder, report, scope_of};

fn planned(region: &str) -> Scope {
    scope_of(ACCOUNT, region)
}

async fn outcomes(store: &Store) -> Vec<(String, Outcome)> {
    let rows = store.coverage(&[]).await.unwrap();
    rows.into_iter().map(|row| (row.scope.region, row.outcome)).collect()
}

#[tokio::test]
async fn what_a_run_never_came_to_is_covered_as_never() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = recorder(&store).await;
    run.plan(&[planned("us-west-2"), planned("eu-west-1")]).await.unwrap();
    // Killed: the run is not closed.
    drop(run);
    let rows = store.coverage(&[DATASET]).await.unwrap();
    assert_eq!(
        outcomes(&store).await,
        [("eu-west-1".to_owned(), Outcome::Never), ("us-west-2".to_owned(), Outcome::Never)]
    );
    for row in rows {
        assert!(!row.complete);
        assert_eq!((row.started_at, row.finished_at, row.data_as_of), (None, None, None));
    }
}

#[tokio::test]
async fn a_plan_leaves_what_is_known() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    let before = store.coverage(&[]).await.unwrap();
    let run = recorder(&store).await;
    run.plan(&[before[0].scope.clone(), planned("us-west-2")]).await.unwrap();
    run.plan(&[before[0].scope.clone(), planned("us-west-2")]).await.unwrap();
    let after = store.coverage(&[]).await.unwrap();
    assert_eq!(after.len(), 2);
    assert!(after.contains(&before[0]));
}

#[tokio::test]
async fn what_was_planned_and_read_is_covered_once() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = recorder(&store).await;
    run.plan(&[planned("us-west-2")]).await.unwrap();
    run.finish(&planned("us-west-2"), report(Outcome::Complete, 0, 20)).await.unwrap();
    run.close(census_store::RunOutcome::Finished).await.unwrap();
    assert_eq!(outcomes(&store).await, [("us-west-2".to_owned(), Outcome::Complete)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_that_plan_the_same_at_once_cover_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let mut plans = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let store = Store::open_or_create(location).await.unwrap();
        plans.spawn(async move {
            let run = recorder(&store).await;
            run.plan(&[planned("eu-west-1"), planned("us-west-2")]).await.unwrap();
        });
    }
    plans.join_all().await;
    let store = Store::open(location).await.unwrap();
    assert_eq!(outcomes(&store).await.len(), 2);
}
