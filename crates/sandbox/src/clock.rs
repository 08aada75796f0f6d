//! The time that quota and temporary credentials go by.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The machine's clock, or one that stands still until it is moved.
///
/// Clones share their time.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    frozen_at: Option<SystemTime>,
    ahead: Arc<Mutex<Duration>>,
}

impl Clock {
    /// Returns a clock that runs with the machine's.
    #[must_use]
    pub fn real() -> Self {
        Self::default()
    }

    /// Returns a clock that stands at the present instant and moves by [`Clock::advance`] alone.
    #[must_use]
    pub fn manual() -> Self {
        Self { frozen_at: Some(SystemTime::now()), ahead: Arc::default() }
    }

    /// Moves the clock forward; a running clock jumps and runs on.
    pub fn advance(&self, by: Duration) {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    /// Returns the instant it shows.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        let ahead = *self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        self.frozen_at.unwrap_or_else(SystemTime::now) + ahead
    }
}
