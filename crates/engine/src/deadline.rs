//! When a statement must have ended: `statement_timeout`, counted from when it came.

use crate::error::EngineError;
use census_error::Result;
use std::time::Duration;
use tokio::time::Instant;

/// The end of a statement's time, if it has one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// The deadline of a statement whose time somebody else keeps.
    pub(crate) const NONE: Self = Self(None);

    /// Returns the deadline of a statement that comes now; a limit of zero is none.
    pub(crate) fn after(limit: Duration) -> Self {
        // A limit beyond what a clock can tell is none either.
        Self(if limit.is_zero() { None } else { Instant::now().checked_add(limit) })
    }

    /// Waits for work that is a part of the statement.
    ///
    /// # Errors
    /// Those of the work; 57014 where time is up before the work has ended.
    pub(crate) async fn hold<T>(self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let Some(end) = self.0 else {
            return work.await;
        };
        match tokio::time::timeout_at(end, work).await {
            // Planning does not wait for anything: it ends however late it is.
            Ok(_) if Instant::now() >= end => Err(EngineError::Timeout.into()),
            Ok(result) => result,
            Err(_) => Err(EngineError::Timeout.into()),
        }
    }
}
