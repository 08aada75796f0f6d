//! Runs that are cut short, or that meet each other: no half scope, nothing lost, and the next run mends it.

use crate::rule::Rows;
use crate::small::everything;
use crate::taken::{Recording, found, options, recorder, rows, sandbox, take};
use async_trait::async_trait;
use census_collect::{Collector, NoProgress, Sink};
use census_directory::Directory;
use census_directory::scope::{Scope, ScopeReport};
use census_store::{RunOutcome, Store};
use datafusion::arrow::array::RecordBatch;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

/// A recording that takes so many calls and then never answers again.
struct Dying {
    recording: Recording,
    left: AtomicUsize,
    reached: Notify,
}

impl Dying {
    async fn step(&self) {
        let left =
            self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_err() {
            self.reached.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

#[async_trait]
impl Sink for Dying {
    async fn rows(&self, scope: &Scope, rows: RecordBatch) -> census_error::Result<()> {
        self.step().await;
        self.recording.rows(scope, rows).await
    }

    async fn finish(&self, scope: &Scope, report: ScopeReport) -> census_error::Result<()> {
        self.step().await;
        self.recording.finish(scope, report).await
    }
}

pub fn of_dataset(rows: &Rows, dataset: &str) -> Rows {
    let own = rows.iter().filter(|((id, _), _)| id == dataset);
    own.map(|(name, text)| (name.clone(), text.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_killed_at_any_step_shows_no_half_scope_and_the_next_mends_it() {
    let (before, after) = (everything(["a", "b", "c"], "old"), everything(["b", "c", "d"], "new"));
    let (known, fresh) = (found(&before).await, found(&after).await);
    let sandbox = sandbox(before.clone()).await;
    let mut was_killed = true;
    let mut steps = 0;
    while was_killed {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
        sandbox.change(|inventory| *inventory = before.clone());
        take(&store, options(&sandbox)).await;
        sandbox.change(|inventory| *inventory = after.clone());
        let dying = Arc::new(Dying {
            recording: Recording(recorder(&store).await),
            left: AtomicUsize::new(steps),
            reached: Notify::new(),
        });
        let directory = Arc::new(Directory::builtin().clone());
        let collector = Collector::new(options(&sandbox), directory).unwrap();
        let sink: Arc<dyn Sink> = Arc::clone(&dying) as _;
        was_killed = tokio::select! {
            report = collector.run(sink, Arc::new(NoProgress)) => {
                report.unwrap();
                false
            }
            () = dying.reached.notified() => true,
        };
        if !was_killed {
            dying.recording.0.close(RunOutcome::Finished).await.unwrap();
        }
        drop(dying);

        let reopened = Store::open(folder.path().to_str().unwrap()).await.unwrap();
        let held = rows(&reopened).await;
        for dataset in Directory::builtin().datasets() {
            let own = of_dataset(&held, &dataset.id);
            let is_whole =
                own == of_dataset(&known, &dataset.id) || own == of_dataset(&fresh, &dataset.id);
            assert!(is_whole, "{} after {steps} steps: {own:?}", dataset.id);
        }
        take(&reopened, options(&sandbox)).await;
        assert_eq!(rows(&reopened).await, fresh, "after {steps} steps");
        steps += 3;
    }
    assert!(steps > 20, "{steps}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_collectors_at_once_leave_what_each_would() {
    let inventory = everything(["a", "b", "c"], "old");
    let fresh = found(&inventory).await;
    let sandbox = sandbox(inventory).await;
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let stores = [
        Store::open_or_create(location).await.unwrap(),
        Store::open_or_create(location).await.unwrap(),
    ];
    let [left, right] = &stores;
    let (left_report, right_report) =
        tokio::join!(take(left, options(&sandbox)), take(right, options(&sandbox)));
    assert!(left_report.is_complete() && right_report.is_complete());
    assert_eq!(rows(left).await, fresh);
}

#[tokio::test]
async fn scopes_that_are_fresh_are_not_read_again() {
    let inventory = everything(["a", "b", "c"], "old");
    let sandbox = sandbox(inventory).await;
    let store = Store::open_or_create("memory:").await.unwrap();
    take(&store, options(&sandbox)).await;
    let known: BTreeSet<Scope> =
        store.coverage(&[]).await.unwrap().into_iter().map(|row| row.scope).collect();
    assert_eq!(known.len(), 13);
    sandbox.clear_calls();

    let mut all_fresh = options(&sandbox);
    all_fresh.fresh = known.iter().cloned().collect();
    let report = take(&store, all_fresh).await;
    assert_eq!((report.fresh, report.calls, report.scopes.len()), (13, 0, 0));
    assert!(sandbox.calls().iter().all(|call| call.service != "apigateway"));

    // Stages alone are stale: their parents are listed for their sake, and nothing else.
    let mut one_stale = options(&sandbox);
    one_stale.fresh =
        known.iter().filter(|scope| !scope.dataset.ends_with("_stage")).cloned().collect();
    let report = take(&store, one_stale).await;
    assert_eq!((report.fresh, report.scopes.len()), (12, 1));
    let counts = sandbox.count_by_operation();
    assert_eq!((counts["GetApis"], counts["GetStages"]), (2, 6));
    assert!(!counts.contains_key("GetRoutes") && !counts.contains_key("GetVpcLinks"));
}

#[tokio::test]
async fn a_store_that_is_gone_is_an_error_and_no_crash() {
    let sandbox = sandbox(everything(["a", "b", "c"], "old")).await;
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("store");
    let store = Store::open_or_create(location.to_str().unwrap()).await.unwrap();
    take(&store, options(&sandbox)).await;
    sandbox.change(|inventory| *inventory = everything(["b", "c", "d"], "new"));
    let recording = Arc::new(Recording(recorder(&store).await));
    std::fs::remove_dir_all(&location).unwrap();
    let collector =
        Collector::new(options(&sandbox), Arc::new(Directory::builtin().clone())).unwrap();
    let sink: Arc<dyn Sink> = Arc::clone(&recording) as _;
    let collected = collector.run(sink, Arc::new(NoProgress)).await.map(drop);
    let closed = recording.0.close(RunOutcome::Finished).await.map(drop);
    let error = collected.and(closed).unwrap_err();
    assert_ne!(error.sqlstate().code(), "XX000", "{}", census_error::terminal(&error, None));
}
