//! Runtimes that statements run on, apart from the one that serves sockets.
//!
//! A statement that computes keeps its workers busy for long stretches. On threads of its own, the operating system
//! shares the cores between it, other statements and the sockets, as it does between the processes of PostgreSQL.

use census_error::{Error, Result, SqlState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

/// How many runtimes are kept that nobody uses.
const KEPT: usize = 16;

/// The runtimes that no session uses.
#[derive(Debug, Default)]
pub(crate) struct Runtimes {
    idle: Mutex<Vec<Runtime>>,
}

impl Runtimes {
    /// Takes a runtime on which nothing runs, or makes one with as many workers as there are cores.
    fn take(&self) -> Result<Runtime> {
        let mut idle = self.lock();
        // Work that was given up may still be computing its last piece.
        let free = idle.iter().rposition(|runtime| runtime.metrics().num_alive_tasks() == 0);
        if let Some(place) = free {
            return Ok(idle.swap_remove(place));
        }
        drop(idle);
        Builder::new_multi_thread().thread_name("statement").enable_all().build().map_err(|fault| {
            let message = "could not start threads for the statement";
            Error::new(SqlState::InsufficientResources, message).with_source(fault)
        })
    }

    /// Keeps a runtime for the next session that needs one.
    fn give_back(&self, runtime: Runtime) {
        let mut idle = self.lock();
        if idle.len() < KEPT {
            idle.push(runtime);
            return;
        }
        drop(idle);
        // Where this runs nothing may be waited for.
        runtime.shutdown_background();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Runtime>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Runtimes {
    fn drop(&mut self) {
        for runtime in self.lock().drain(..) {
            runtime.shutdown_background();
        }
    }
}

/// A runtime in the hands of one session; it is given back when the last work on it has ended.
#[derive(Debug)]
struct Lease {
    runtime: Option<Runtime>,
    runtimes: Arc<Runtimes>,
    /// Whether work on it was given up, which may still be computing.
    is_disturbed: AtomicBool,
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            self.runtimes.give_back(runtime);
        }
    }
}

/// Where the statements of one session run: one after another, and open cursors beside them, on one runtime.
#[derive(Debug)]
pub(crate) struct Workplace {
    runtimes: Arc<Runtimes>,
    lease: Weak<Lease>,
}

impl Workplace {
    pub(crate) fn new(runtimes: Arc<Runtimes>) -> Self {
        Self { runtimes, lease: Weak::new() }
    }

    /// Starts work, which goes on until it ends or is dropped.
    ///
    /// # Errors
    /// 53000 where the system has no more threads.
    pub(crate) fn start<T: Send + 'static>(
        &mut self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<Work<T>> {
        let lease = self.lease()?;
        let Some(runtime) = &lease.runtime else {
            return Err(Error::internal("a runtime was given back before its work has ended"));
        };
        let held = Arc::clone(&lease);
        let task = runtime.spawn(async move {
            let done = work.await;
            drop(held);
            done
        });
        Ok(Work { task, lease: Arc::downgrade(&lease), has_ended: false })
    }

    fn lease(&mut self) -> Result<Arc<Lease>> {
        let held = self.lease.upgrade();
        if let Some(lease) = held.filter(|lease| !lease.is_disturbed.load(Ordering::Relaxed)) {
            return Ok(lease);
        }
        let runtime = Some(self.runtimes.take()?);
        let runtimes = Arc::clone(&self.runtimes);
        let lease = Arc::new(Lease { runtime, runtimes, is_disturbed: AtomicBool::new(false) });
        self.lease = Arc::downgrade(&lease);
        Ok(lease)
    }
}

/// Work on a session's runtime; dropping it gives the work up.
#[derive(Debug)]
pub(crate) struct Work<T> {
    task: JoinHandle<T>,
    lease: Weak<Lease>,
    has_ended: bool,
}

impl<T> Work<T> {
    /// Waits for the end of the work; it is not to be waited for again.
    ///
    /// # Errors
    /// XX000 where the work has panicked: nobody else is harmed.
    pub(crate) async fn end(&mut self) -> Result<T> {
        let ended = (&mut self.task).await;
        self.has_ended = true;
        ended.map_err(Error::internal)
    }
}

impl<T> Drop for Work<T> {
    fn drop(&mut self) {
        if self.has_ended {
            return;
        }
        if let Some(lease) = self.lease.upgrade() {
            lease.is_disturbed.store(true, Ordering::Relaxed);
        }
        self.task.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    #[tokio::test]
    async fn work_that_panics_is_an_internal_error_and_the_next_goes_on() {
        let mut workplace = Workplace::new(Arc::default());
        let mut work = workplace.start(async { panic!("on purpose") }).unwrap();
        let ended: Result<()> = work.end().await;
        assert_eq!(ended.unwrap_err().sqlstate(), SqlState::InternalError);
        assert_eq!(workplace.start(async { 1 }).unwrap().end().await.unwrap(), 1);
    }

    #[tokio::test]
    async fn runtime_is_used_again_when_its_work_has_ended_and_no_sooner() {
        let runtimes = Arc::new(Runtimes::default());
        let mut workplace = Workplace::new(Arc::clone(&runtimes));
        let (release, released) = oneshot::channel::<()>();
        let mut held = workplace.start(async move { drop(released.await) }).unwrap();
        workplace.start(async {}).unwrap().end().await.unwrap();
        // A cursor that is open holds the runtime for its session.
        assert_eq!(runtimes.lock().len(), 0);
        drop(release);
        held.end().await.unwrap();
        assert_eq!(runtimes.lock().len(), 1);
    }

    #[tokio::test]
    async fn work_that_was_given_up_does_not_hold_up_what_comes_next() {
        let mut workplace = Workplace::new(Arc::default());
        let (release, released) = std::sync::mpsc::channel::<()>();
        // It never yields: as long as it runs it cannot be ended.
        let (begun, begins) = oneshot::channel();
        let stubborn = workplace
            .start(async move {
                let _ = begun.send(());
                let _ = released.recv();
            })
            .unwrap();
        begins.await.unwrap();
        let disturbed = workplace.lease.clone();
        drop(stubborn);
        workplace.start(async {}).unwrap().end().await.unwrap();
        assert!(!Weak::ptr_eq(&disturbed, &workplace.lease));
        drop(release);
    }
}
