//! What `census.runs` says of a run, at each of its stages.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::Directory;
use census_directory::scope::Outcome;
use census_store::{Recorder, RunInfo, RunOutcome, Store};
use inventory::{collect, items, query, report, rows, scope_of, text};
use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

async fn runs(store: &Store, columns: &str) -> String {
    let sql = format!("SELECT {columns} FROM t ORDER BY started_at");
    text(&query(store, store.runs_table().await.unwrap(), &sql).await)
}

async fn run_without_plan(store: &Store) -> Recorder {
    let run = RunInfo::new(vec![], vec![], vec![]);
    store.recorder(Directory::builtin(), run).await.unwrap()
}

#[tokio::test]
async fn runs_are_recorded_with_their_outcome() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    collect(&store, &[], Outcome::Denied, 20).await;
    run_without_plan(&store).await.close(RunOutcome::Failed).await.unwrap();
    run_without_plan(&store).await.close(RunOutcome::Incomplete).await.unwrap();
    insta::assert_snapshot!(runs(&store, "outcome, scopes, scopes_complete, rows").await, @r"
    +------------+--------+-----------------+------+
    | outcome    | scopes | scopes_complete | rows |
    +------------+--------+-----------------+------+
    | complete   | 1      | 1               | 1    |
    | incomplete | 1      | 0               | 0    |
    | failed     | 0      | 0               | 0    |
    | incomplete | 0      | 0               | 0    |
    +------------+--------+-----------------+------+
    ");
}

#[tokio::test]
async fn a_run_is_one_row_from_its_beginning_to_its_end() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = run_without_plan(&store).await;
    let columns = "outcome, finished_at IS NULL AS goes_on";
    insta::assert_snapshot!(runs(&store, columns).await, @r"
    +---------+---------+
    | outcome | goes_on |
    +---------+---------+
    |         | true    |
    +---------+---------+
    ");
    run.close(RunOutcome::Finished).await.unwrap();
    insta::assert_snapshot!(runs(&store, columns).await, @r"
    +----------+---------+
    | outcome  | goes_on |
    +----------+---------+
    | complete | false   |
    +----------+---------+
    ");
}

/// Makes the last sign of life of the only run that has not ended so old.
fn age_sign(folder: &Path, age: Duration) {
    let signs = std::fs::read_dir(folder.join("_staging")).unwrap();
    let [sign] = signs.collect::<Vec<_>>().try_into().unwrap();
    let sign = File::options().write(true).open(sign.unwrap().path()).unwrap();
    sign.set_modified(SystemTime::now() - age).unwrap();
}

#[tokio::test]
async fn a_run_that_was_killed_has_failed_once_the_next_one_begins() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(&folder.path().to_string_lossy()).await.unwrap();
    drop(run_without_plan(&store).await);
    age_sign(folder.path(), Duration::from_hours(1));
    run_without_plan(&store).await.close(RunOutcome::Finished).await.unwrap();
    let columns = "outcome, finished_at < now() - INTERVAL '50 minutes' AS ended_long_ago";
    insta::assert_snapshot!(runs(&store, columns).await, @r"
    +----------+----------------+
    | outcome  | ended_long_ago |
    +----------+----------------+
    | failed   | true           |
    | complete | false          |
    +----------+----------------+
    ");
}

#[tokio::test]
async fn a_run_that_gives_signs_of_life_goes_on_whoever_else_begins() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(&folder.path().to_string_lossy()).await.unwrap();
    let first = run_without_plan(&store).await;
    run_without_plan(&store).await.close(RunOutcome::Finished).await.unwrap();
    insta::assert_snapshot!(runs(&store, "outcome").await, @r"
    +----------+
    | outcome  |
    +----------+
    |          |
    | complete |
    +----------+
    ");
    // One that sleeps with its machine is taken for dead, and ends as it ends once it wakes up.
    age_sign(folder.path(), Duration::from_hours(1));
    run_without_plan(&store).await.close(RunOutcome::Finished).await.unwrap();
    let asleep = runs(&store, "outcome").await;
    first.close(RunOutcome::Incomplete).await.unwrap();
    let awake = runs(&store, "outcome").await;
    assert_eq!(asleep.matches("failed").count(), 1, "{asleep}");
    assert_eq!(awake.matches("incomplete").count(), 1, "{awake}");
    assert_eq!(awake.matches("failed").count(), 0, "{awake}");
}

#[tokio::test]
async fn accounts_and_regions_are_those_that_were_looked_at() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let run = run_without_plan(&store).await;
    for (account_id, region, outcome) in [
        ("222222222222", "us-east-1", Outcome::Complete),
        ("111111111111", "us-east-1", Outcome::Denied),
        ("111111111111", "eu-west-1", Outcome::Complete),
        ("111111111111", "ap-east-1", Outcome::NotEnabled),
    ] {
        let scope = scope_of(account_id, region);
        run.rows(&scope, rows(&scope, &items(&[("a", "1")]))).await.unwrap();
        run.finish(&scope, report(outcome, 1, 10)).await.unwrap();
    }
    run.close(RunOutcome::Finished).await.unwrap();
    insta::assert_snapshot!(runs(&store, "accounts, regions, outcome").await, @r"
    +------------------------------+------------------------+------------+
    | accounts                     | regions                | outcome    |
    +------------------------------+------------------------+------------+
    | [111111111111, 222222222222] | [eu-west-1, us-east-1] | incomplete |
    +------------------------------+------------------------+------------+
    ");
}

#[tokio::test]
async fn accounts_and_regions_that_were_named_stay_as_they_were_named() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let planned = RunInfo::new(vec!["333333333333".into()], vec!["eu-west-1".into()], vec![]);
    let run = store.recorder(Directory::builtin(), planned).await.unwrap();
    run.close(RunOutcome::Incomplete).await.unwrap();
    insta::assert_snapshot!(runs(&store, "accounts, regions, outcome").await, @r"
    +----------------+-------------+------------+
    | accounts       | regions     | outcome    |
    +----------------+-------------+------------+
    | [333333333333] | [eu-west-1] | incomplete |
    +----------------+-------------+------------+
    ");
}
