//! What all sessions share: the store, the directory, memory, and DataFusion's functions and rules.

use crate::memory::{MemoryLimits, StatementMemory};
use crate::session::Session;
use crate::{catalog_objects, planning};
use census_dialect::catalog::Catalog;
use census_directory::Directory;
use census_store::Store;
use chrono::{DateTime, Utc};
use datafusion::execution::TaskContext;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::session_state::SessionState;
use std::sync::Arc;

/// Answers statements from a store; clones share everything.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    store: Arc<Store>,
    directory: Arc<Directory>,
    catalog: Arc<Catalog>,
    state: SessionState,
    memory: MemoryLimits,
    start: DateTime<Utc>,
}

impl Engine {
    /// Makes an engine; nothing is read from the store until a statement asks for it.
    #[must_use]
    pub fn new(store: Arc<Store>, directory: Arc<Directory>) -> Self {
        Self::within(MemoryLimits::default(), store, directory)
    }

    /// Makes an engine whose statements keep within these limits.
    #[must_use]
    pub fn within(memory: MemoryLimits, store: Arc<Store>, directory: Arc<Directory>) -> Self {
        let runtime = runtime(memory);
        store.register(&runtime);
        let catalog = catalog_objects::catalog(&directory);
        let state = planning::state(runtime, &catalog);
        Self {
            shared: Arc::new(Shared {
                store,
                directory,
                catalog,
                state,
                memory,
                start: Utc::now(),
            }),
        }
    }

    /// Begins a session with every setting at its default.
    #[must_use]
    pub fn session(&self) -> Session {
        Session::new(self.clone())
    }

    /// Returns the datasets that can be asked.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.shared.directory
    }

    /// Returns the store that is asked.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.shared.store
    }

    /// Returns when it was made.
    pub(crate) fn start(&self) -> DateTime<Utc> {
        self.shared.start
    }

    /// Returns the objects that the catalogs list.
    pub(crate) fn catalog(&self) -> &Catalog {
        &self.shared.catalog
    }

    pub(crate) fn state(&self) -> &SessionState {
        &self.shared.state
    }

    /// Returns what a plan of this state runs in: all that statements share, and memory of its own.
    pub(crate) fn task(&self, state: &SessionState) -> Arc<TaskContext> {
        let shared = state.runtime_env();
        let pool = Arc::clone(&shared.memory_pool);
        let memory = StatementMemory::new(pool, self.shared.memory.statement);
        let runtime = RuntimeEnv { memory_pool: Arc::new(memory), ..shared.as_ref().clone() };
        Arc::new(TaskContext::from(state).with_runtime(Arc::new(runtime)))
    }
}

/// Returns a runtime with bounded memory that writes nothing to disk.
fn runtime(memory: MemoryLimits) -> Arc<RuntimeEnv> {
    let disk = DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled);
    let builder =
        RuntimeEnvBuilder::new().with_memory_pool(memory.shared()).with_disk_manager_builder(disk);
    // Building fails only where a spill folder cannot be made, and there is none.
    builder.build_arc().unwrap_or_default()
}
