//! Two collections at once.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::scope::Outcome;
use census_store::{RunOutcome, Store};
use inventory::{ACCOUNT, present, recorder, report, rows, scope_of, versions};
use std::collections::BTreeMap;

async fn census(store: &Store, region: &str, content: &str, keys: usize, seconds: i64) {
    let run = recorder(store).await;
    let scope = scope_of(ACCOUNT, region);
    let items: Vec<_> =
        (0..keys).map(|key| (format!("{region}/{key}"), content.to_owned())).collect();
    run.rows(&scope, rows(&scope, &items)).await.unwrap();
    run.finish(&scope, report(Outcome::Complete, keys, seconds)).await.unwrap();
    run.close(RunOutcome::Finished).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn collections_of_different_scopes_both_land() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    let other = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    tokio::join!(census(&store, "eu-west-1", "1", 5, 10), census(&other, "us-east-1", "1", 7, 10));
    assert_eq!(present(&store).await.len(), 12);
    assert_eq!(store.coverage(&[]).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn collections_of_the_same_scope_leave_one_of_both_and_no_mixture() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    let other = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    for round in 1..5 {
        let (left, right) = (format!("left{round}"), format!("right{round}"));
        tokio::join!(
            census(&store, "eu-west-1", &left, 5, round * 10),
            census(&other, "eu-west-1", &right, 5, round * 10)
        );
        let present = present(&store).await;
        assert_eq!(present.len(), 5);
        assert!(present.iter().all(|row| row.1 == present[0].1), "{present:?}");
    }
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    for (key, ..) in versions(&store).await.into_iter().filter(|version| version.3.is_none()) {
        *open.entry(key).or_default() += 1;
    }
    assert!(open.values().all(|count| *count == 1), "{open:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_creates_a_store_the_others_find_it() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let location = folder.path().join("store").to_str().unwrap().to_owned();
        let collections = (0..4).map(|position: usize| {
            let location = location.clone();
            tokio::spawn(async move {
                let store = Store::open_or_create(&location).await.unwrap();
                census(&store, &format!("region-{position}"), "1", 1, 10).await;
            })
        });
        for collection in collections.collect::<Vec<_>>() {
            collection.await.unwrap();
        }
        assert_eq!(present(&Store::open(&location).await.unwrap()).await.len(), 4);
    }
}
