//! Requests to cancel, which come over connections of their own and name another by its number and key.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The connections that can be named.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    inner: Mutex<Connections>,
}

#[derive(Debug, Default)]
struct Connections {
    last: i32,
    known: HashMap<i32, (i32, watch::Sender<Running>)>,
}

/// What a connection does, as far as cancelling goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Running {
    Nothing,
    Statement,
    Cancelled,
}

/// A connection's place in the registry, which it leaves when this is dropped.
#[derive(Debug)]
pub(crate) struct Registered {
    registry: Arc<Registry>,
    /// The number of the connection.
    pub(crate) process: i32,
    /// What a request must know besides.
    pub(crate) key: i32,
    running: watch::Sender<Running>,
}

impl Registry {
    /// Gives a connection its number and key.
    pub(crate) fn register(registry: &Arc<Self>) -> Registered {
        let key = rand::random();
        let (running, _) = watch::channel(Running::Nothing);
        let mut inner = registry.lock();
        // Numbers begin again after 2,147,483,647 connections; those that are still there are passed over.
        loop {
            inner.last = inner.last.checked_add(1).unwrap_or(1);
            if !inner.known.contains_key(&inner.last) {
                break;
            }
        }
        let process = inner.last;
        inner.known.insert(process, (key, running.clone()));
        Registered { registry: Arc::clone(registry), process, key, running }
    }

    /// Cancels what a connection runs; a wrong key, as an idle connection, changes nothing.
    pub(crate) fn cancel(&self, process: i32, key: &[u8]) {
        let inner = self.lock();
        let Some((expected, running)) = inner.known.get(&process) else { return };
        if expected.to_be_bytes() == key {
            running.send_if_modified(|state| {
                let is_running = *state == Running::Statement;
                if is_running {
                    *state = Running::Cancelled;
                }
                is_running
            });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registered {
    /// Marks the beginning of a statement; what was cancelled before does not count any more.
    pub(crate) fn begin(&self) {
        self.running.send_replace(Running::Statement);
    }

    /// Marks the end of a statement.
    pub(crate) fn end(&self) {
        self.running.send_replace(Running::Nothing);
    }

    /// Resolves when the statement is cancelled.
    pub(crate) fn cancelled(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut running = self.running.subscribe();
        async move {
            if running.wait_for(|state| *state == Running::Cancelled).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.registry.lock().known.remove(&self.process);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_a_running_statement_is_cancelled_and_only_with_its_key() {
        let registry = Arc::new(Registry::default());
        let connection = Registry::register(&registry);
        let key = connection.key.to_be_bytes();
        registry.cancel(connection.process, &key);
        connection.begin();
        registry.cancel(connection.process, &(!connection.key).to_be_bytes());
        assert_eq!(*connection.running.borrow(), Running::Statement);
        registry.cancel(connection.process, &key);
        connection.cancelled().await;
    }
}
