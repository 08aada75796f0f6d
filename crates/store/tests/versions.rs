//! What a sequence of collections leaves in a table.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::scope::{Outcome, Scope, ScopeReport};
use census_store::{RunOutcome, Store};
use datafusion::arrow::array::{AsArray, RecordBatch, StringArray};
use datafusion::arrow::datatypes::Schema;
use inventory::{
    ACCOUNT, REGION, collect, collect_in, dataset, files_below, items, present, query, recorder,
    report, rows, scope, scope_of, versions,
};
use std::sync::Arc;

fn version(key: &str, content: &str, from: i64, to: Option<i64>) -> inventory::Version {
    (key.to_owned(), content.to_owned(), from, to)
}

#[tokio::test]
async fn insert_update_delete_and_reappearance_leave_exactly_their_versions() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    let first =
        collect(&store, &items(&[("a", "1"), ("b", "1"), ("c", "1")]), Outcome::Complete, 10).await;
    assert_eq!(
        (first.created, first.updated, first.deleted, first.unchanged, first.commits),
        (3, 0, 0, 0, 1)
    );
    let second = collect(&store, &items(&[("a", "1"), ("b", "2")]), Outcome::Complete, 20).await;
    assert_eq!((second.created, second.updated, second.deleted, second.unchanged), (0, 1, 1, 1));
    let third =
        collect(&store, &items(&[("a", "1"), ("b", "2"), ("c", "1")]), Outcome::Complete, 30).await;
    assert_eq!((third.created, third.updated, third.deleted, third.unchanged), (1, 0, 0, 2));
    assert_eq!(
        versions(&store).await,
        [
            version("a", "1", 10, None),
            version("b", "1", 10, Some(20)),
            version("b", "2", 20, None),
            version("c", "1", 10, Some(20)),
            version("c", "1", 30, None),
        ]
    );
    assert_eq!(present(&store).await, items(&[("a", "1"), ("b", "2"), ("c", "1")]));
}

#[tokio::test]
async fn a_scope_that_failed_changes_no_row_and_is_covered_as_stale() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1"), ("b", "1")]), Outcome::Complete, 10).await;
    let before = versions(&store).await;
    for outcome in [
        Outcome::Denied,
        Outcome::Throttled,
        Outcome::Failed,
        Outcome::NotEnabled,
        Outcome::Partial,
    ] {
        let summary = collect(&store, &items(&[("z", "9")]), outcome, 20).await;
        let tried = u64::from(outcome != Outcome::NotEnabled);
        assert_eq!((summary.commits, summary.scopes, summary.scopes_complete), (0, tried, 0));
        assert_eq!(versions(&store).await, before);
        let coverage = store.coverage(&[inventory::DATASET]).await.unwrap();
        assert_eq!(coverage.len(), 1);
        assert_eq!(coverage[0].outcome, outcome);
        assert_eq!(coverage[0].data_as_of, Some(inventory::time(9)));
        assert_eq!(coverage[0].finished_at, Some(inventory::time(20)));
        assert_eq!(coverage[0].rows, Some(2));
        assert!(!coverage[0].complete);
    }
}

#[tokio::test]
async fn an_unchanged_census_adds_no_data_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    let inventory = items(&[("a", "1"), ("b", "1")]);
    collect(&store, &inventory, Outcome::Complete, 10).await;
    let table = folder.path().join("aws/apigatewayv2_integrationresponse");
    let before = files_below(&table);
    let summary = collect(&store, &inventory, Outcome::Complete, 20).await;
    assert_eq!((summary.unchanged, summary.commits), (2, 0));
    assert_eq!(files_below(&table), before);
    let coverage = store.coverage(&[]).await.unwrap();
    assert_eq!(coverage[0].data_as_of, Some(inventory::time(19)));
}

#[tokio::test]
async fn a_run_that_breaks_off_leaves_the_old_state() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let store = Store::open_or_create(location).await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    let broken = recorder(&store).await;
    let many: Vec<_> = (0..60_000).map(|row| (format!("k{row}"), "1".to_owned())).collect();
    for chunk in many.chunks(5_000) {
        broken.rows(&scope(), rows(&scope(), chunk)).await.unwrap();
    }
    assert!(!files_below(&folder.path().join("_staging")).is_empty(), "rows were staged");
    drop(broken);
    let reopened = Store::open_or_create(location).await.unwrap();
    assert_eq!(present(&reopened).await, items(&[("a", "1")]));
    assert_eq!(reopened.coverage(&[]).await.unwrap()[0].data_as_of, Some(inventory::time(9)));
}

#[tokio::test]
async fn a_scope_that_has_ended_is_kept_although_its_caller_stopped_waiting() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = recorder(&store).await;
    let many: Vec<_> = (0..40_000).map(|row| (format!("k{row}"), "1".to_owned())).collect();
    let scopes = ["eu-west-1", "us-east-1", "us-west-2"].map(|region| scope_of(ACCOUNT, region));
    for scope in &scopes {
        for chunk in many.chunks(20_000) {
            run.rows(scope, rows(scope, chunk)).await.unwrap();
        }
    }
    for scope in &scopes[..2] {
        run.finish(scope, report(Outcome::Complete, many.len(), 10)).await.unwrap();
    }
    let mut finish = Box::pin(run.finish(&scopes[2], report(Outcome::Complete, many.len(), 10)));
    assert!(futures::poll!(&mut finish).is_pending(), "so many rows are committed at once");
    drop(finish);
    let summary = run.close(RunOutcome::Failed).await.unwrap();
    assert_eq!((summary.created, summary.commits), (120_000, 1));
    assert_eq!(store.coverage(&[]).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_clock_that_goes_back_never_ends_a_version_before_it_began() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 100).await;
    collect(&store, &items(&[("a", "2")]), Outcome::Complete, 50).await;
    let found = versions(&store).await;
    assert_eq!(found, [version("a", "1", 100, Some(100)), version("a", "2", 100, None)]);
    let sql = "SELECT count(*) FROM t WHERE _valid_to <= _valid_from";
    let answer = query(&store, store.versions(dataset()).await.unwrap(), sql).await;
    let count =
        answer[0].column(0).as_primitive::<datafusion::arrow::datatypes::Int64Type>().value(0);
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_clock_that_goes_back_leaves_no_versions_that_overlap() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 100).await;
    collect(&store, &[], Outcome::Complete, 200).await;
    collect(&store, &[], Outcome::Complete, 50).await;
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 60).await;
    assert_eq!(
        versions(&store).await,
        [version("a", "1", 100, Some(200)), version("a", "1", 200, None)]
    );
}

#[tokio::test]
async fn the_same_key_in_two_regions_is_two_rows() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let other = scope_of(ACCOUNT, "us-east-1");
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    collect_in(&store, &other, &items(&[("a", "2")]), Outcome::Complete, 20).await;
    assert_eq!(present(&store).await, items(&[("a", "1"), ("a", "2")]));
    let summary = collect_in(&store, &other, &[], Outcome::Complete, 30).await;
    assert_eq!(summary.deleted, 1);
    assert_eq!(
        versions(&store).await,
        [version("a", "1", 10, None), version("a", "2", 20, Some(30))]
    );
}

#[tokio::test]
async fn only_the_files_that_hold_what_has_changed_are_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    let regions = ["eu-west-1", "us-east-1", "us-west-2"];
    for region in regions {
        let scope = scope_of(ACCOUNT, region);
        collect_in(&store, &scope, &items(&[("a", "1"), ("b", "1")]), Outcome::Complete, 10).await;
    }
    let present_files = folder.path().join("aws/apigatewayv2_integrationresponse/_current=true");
    let before = files_below(&present_files);
    assert_eq!(before.len(), 3);
    let scope = scope_of(ACCOUNT, regions[1]);
    collect_in(&store, &scope, &items(&[("a", "1"), ("b", "2")]), Outcome::Complete, 20).await;
    let written = files_below(&present_files).len() - before.len();
    assert_eq!(written, 1, "one file is written anew, the former one is left to readers");
    assert_eq!(present(&store).await.len(), 6);
    assert_eq!(versions(&store).await.len(), 7);
}

#[tokio::test]
async fn rows_that_could_never_be_found_gone_are_refused() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = recorder(&store).await;
    let elsewhere = rows(&scope_of("444455556666", REGION), &items(&[("a", "1")]));
    let error = run.rows(&scope(), elsewhere).await.unwrap_err();
    insta::assert_snapshot!(error, @r#"rows do not fit dataset "aws.apigatewayv2_integrationresponse": account_id is 444455556666 in a scope of 111122223333"#);
    let keyed = rows(&scope(), &items(&[("a", "1")]));
    let mut columns = keyed.columns().to_vec();
    columns[0] = Arc::new(StringArray::new_null(1));
    let schema = keyed.schema();
    let fields = schema.fields().iter();
    let schema = Schema::new(
        fields.map(|field| field.as_ref().clone().with_nullable(true)).collect::<Vec<_>>(),
    );
    let keyless = RecordBatch::try_new(Arc::new(schema), columns).unwrap();
    let error = run.rows(&scope(), keyless).await.unwrap_err();
    insta::assert_snapshot!(error, @r#"rows do not fit dataset "aws.apigatewayv2_integrationresponse": column "_key" is NULL"#);
}

#[tokio::test]
async fn a_row_listed_twice_is_recorded_once() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let summary = collect(&store, &items(&[("a", "1"), ("a", "1")]), Outcome::Complete, 10).await;
    assert_eq!(summary.created, 1);
    let summary = collect(&store, &items(&[("a", "2"), ("a", "3")]), Outcome::Complete, 20).await;
    assert_eq!((summary.created, summary.updated), (0, 1));
    assert_eq!(present(&store).await, items(&[("a", "2")]));
}

#[tokio::test]
async fn a_census_of_one_scope_leaves_the_others_alone() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = recorder(&store).await;
    for (account_id, region) in
        [(ACCOUNT, REGION), (ACCOUNT, "us-east-1"), ("444455556666", REGION)]
    {
        let scope = scope_of(account_id, region);
        let key = format!("{account_id}/{region}");
        run.rows(&scope, rows(&scope, &[(key, "1".to_owned())])).await.unwrap();
        run.finish(&scope, report(Outcome::Complete, 1, 10)).await.unwrap();
    }
    let summary = run.close(RunOutcome::Finished).await.unwrap();
    assert_eq!((summary.created, summary.commits), (3, 1), "one commit a table");
    let summary = collect(&store, &[], Outcome::Complete, 20).await;
    assert_eq!(summary.deleted, 1);
    assert_eq!(present(&store).await.len(), 2);
    assert_eq!(store.coverage(&[]).await.unwrap().len(), 3);
}

#[tokio::test]
async fn of_two_collections_the_later_listing_counts_whichever_is_committed_first() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1"), ("b", "1")]), Outcome::Complete, 10).await;
    let slow = recorder(&store).await;
    let listed = items(&[("a", "1"), ("b", "1")]);
    slow.rows(&scope(), rows(&scope(), &listed)).await.unwrap();
    // The other one begins later and is done before.
    collect(&store, &items(&[("a", "2"), ("c", "1")]), Outcome::Complete, 30).await;
    let (after, covered) = (versions(&store).await, store.coverage(&[]).await.unwrap());
    let slow_report = ScopeReport {
        finished_at: inventory::time(40),
        ..inventory::report(Outcome::Complete, 2, 20)
    };
    slow.finish(&scope(), slow_report).await.unwrap();
    slow.close(RunOutcome::Finished).await.unwrap();
    assert_eq!(versions(&store).await, after);
    assert_eq!(store.coverage(&[]).await.unwrap(), covered);
}

#[tokio::test]
async fn rows_are_said_to_be_as_old_as_the_first_list_of_their_region() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = recorder(&store).await;
    let first = Scope { dataset: "aws.apigatewayv2_vpclink".to_owned(), ..scope() };
    run.finish(&first, inventory::report(Outcome::Complete, 0, 5)).await.unwrap();
    run.rows(&scope(), rows(&scope(), &items(&[("a", "1")]))).await.unwrap();
    run.finish(&scope(), inventory::report(Outcome::Complete, 1, 90)).await.unwrap();
    run.close(RunOutcome::Finished).await.unwrap();
    for covered in store.coverage(&[]).await.unwrap() {
        assert_eq!(covered.data_as_of, Some(inventory::time(4)), "{}", covered.scope.dataset);
    }
}
