//! What all requests share.

use crate::call::Call;
use crate::clock::Clock;
use crate::faults::{ArmedRules, Befallen, Effect};
use crate::inventory::Inventory;
use crate::quota::Buckets;
use crate::sandbox::SandboxOptions;
use crate::services::Sessions;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, SystemTime};
use tokio::sync::watch;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) session_duration: Duration,
    pub(crate) page_limit: Option<usize>,
    inventory: RwLock<Inventory>,
    sessions: Mutex<Sessions>,
    buckets: Mutex<Buckets>,
    faults: Mutex<ArmedRules>,
    calls: Mutex<Vec<Call>>,
    stopped: watch::Receiver<bool>,
}

impl State {
    pub(crate) fn new(options: SandboxOptions, stopped: watch::Receiver<bool>) -> Self {
        Self {
            clock: options.clock,
            session_duration: options.session_duration,
            page_limit: options.page_limit,
            inventory: RwLock::new(options.inventory),
            sessions: Mutex::default(),
            buckets: Mutex::new(Buckets::new(options.quota)),
            faults: Mutex::default(),
            calls: Mutex::default(),
            stopped,
        }
    }

    pub(crate) fn inventory(&self) -> RwLockReadGuard<'_, Inventory> {
        self.inventory.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn inventory_mut(&self) -> RwLockWriteGuard<'_, Inventory> {
        self.inventory.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn sessions(&self) -> MutexGuard<'_, Sessions> {
        lock(&self.sessions)
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        lock(&self.calls).clone()
    }

    pub(crate) fn clear_calls(&self) {
        lock(&self.calls).clear();
    }

    pub(crate) fn record(&self, call: Call) {
        lock(&self.calls).push(call);
    }

    pub(crate) fn set_faults(&self, rules: ArmedRules) {
        *lock(&self.faults) = rules;
    }

    pub(crate) fn befall(&self, call: &Befallen<'_>) -> Vec<Effect> {
        lock(&self.faults).befall(call)
    }

    pub(crate) fn set_buckets(&self, buckets: Buckets) {
        *lock(&self.buckets) = buckets;
    }

    pub(crate) fn take_quota(&self, account: &str, region: &str, now: SystemTime) -> bool {
        lock(&self.buckets).take(account, region, now)
    }

    /// Waits so long, or until the sandbox stops.
    pub(crate) async fn stall(&self, duration: Duration) {
        let mut stopped = self.stopped.clone();
        // Either way the wait is over.
        let _ = tokio::time::timeout(duration, stopped.wait_for(|stopped| *stopped)).await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
