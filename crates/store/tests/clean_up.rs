//! What is deleted from a store, and what a reader may still need.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::scope::Outcome;
use census_store::Store;
use inventory::{collect, files_below, items, present, versions};
use std::path::Path;
use std::time::{Duration, SystemTime};

const TABLE: &str = "aws/apigatewayv2_integrationresponse";
const HOUR: Duration = Duration::from_hours(1);

fn set_age(file: &Path, age: Duration) {
    let file = std::fs::File::options().append(true).open(file).unwrap();
    file.set_modified(SystemTime::now() - age).unwrap();
}

fn data_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let files = files_below(&folder.join(TABLE)).into_iter();
    files.filter(|file| file.extension().is_some_and(|extension| extension == "parquet")).collect()
}

#[tokio::test]
async fn a_file_that_was_removed_within_a_day_stays_however_old_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    let [former] = &data_files(folder.path())[..] else { panic!("one file") };
    set_age(former, 100 * HOUR);
    collect(&store, &items(&[("a", "2")]), Outcome::Complete, 20).await;
    assert!(former.exists(), "a query that began before may read it");
}

#[tokio::test]
async fn a_file_that_was_removed_longer_ago_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    let [former] = &data_files(folder.path())[..] else { panic!("one file") };
    set_age(former, 100 * HOUR);
    collect(&store, &items(&[("a", "2")]), Outcome::Complete, 20).await;
    let commit = folder.path().join(TABLE).join("_delta_log/00000000000000000002.json");
    let text = std::fs::read_to_string(&commit).unwrap();
    let (before, after) = text.split_once("\"deletionTimestamp\":").unwrap();
    let (millis, after) = after.split_once(',').unwrap();
    let earlier = millis.parse::<i64>().unwrap() - 25 * 60 * 60 * 1000;
    std::fs::write(&commit, format!("{before}\"deletionTimestamp\":{earlier},{after}")).unwrap();
    collect(&store, &items(&[("a", "3")]), Outcome::Complete, 30).await;
    assert!(!former.exists());
    assert_eq!(versions(&store).await.len(), 3);
}

#[tokio::test]
async fn a_file_that_no_commit_names_is_deleted_after_a_day_and_one_in_use_never() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let store = Store::open_or_create(location).await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    let [used] = &data_files(folder.path())[..] else { panic!("one file") };
    let (old, young) = (used.with_file_name("old.parquet"), used.with_file_name("new.parquet"));
    let staged = folder.path().join("_staging/run/left.parquet");
    std::fs::create_dir_all(staged.parent().unwrap()).unwrap();
    for file in [&old, &young, &staged] {
        std::fs::copy(used, file).unwrap();
    }
    for file in [used, &old, &staged] {
        set_age(file, 25 * HOUR);
    }
    let reopened = Store::open_or_create(location).await.unwrap();
    assert!(!staged.exists());
    collect(&reopened, &items(&[("a", "1")]), Outcome::Complete, 20).await;
    assert_eq!((used.exists(), old.exists(), young.exists()), (true, false, true));
    assert_eq!(present(&reopened).await, items(&[("a", "1")]));
}

#[tokio::test]
async fn a_log_with_a_checkpoint_loses_its_old_commits_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let store = Store::open_or_create(location).await.unwrap();
    for round in 1..=19 {
        collect(&store, &items(&[("a", &round.to_string())]), Outcome::Complete, round).await;
    }
    let log = folder.path().join(TABLE).join("_delta_log");
    for commit in files_below(&log) {
        set_age(&commit, 8 * 24 * HOUR);
    }
    for round in 20..=42 {
        collect(&store, &items(&[("a", &round.to_string())]), Outcome::Complete, round).await;
    }
    assert!(!log.join("00000000000000000001.json").exists(), "{:?}", files_below(&log));
    let reopened = Store::open(location).await.unwrap();
    assert_eq!(versions(&reopened).await.len(), 42);
    assert_eq!(present(&reopened).await, items(&[("a", "42")]));
}
