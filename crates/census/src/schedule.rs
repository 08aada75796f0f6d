//! When the next of many censuses begins.

use std::time::Duration;
use tokio::time::Instant;

/// The share of the interval by which a start may be early or late, so that many servers do not ask all at once.
const JITTER: f64 = 0.05;

/// Begins at once, and then every so often; one that takes longer is followed by the next at once.
#[derive(Debug)]
pub struct Schedule {
    every: Duration,
    due: Instant,
}

impl Schedule {
    /// Returns a schedule whose first census is due now.
    pub fn new(every: Duration) -> Self {
        Self { every, due: Instant::now() }
    }

    /// Waits until a census is due, and plans the next.
    pub async fn wait(&mut self) {
        tokio::time::sleep_until(self.due).await;
        self.due = next(Instant::now(), self.every, fastrand::f64());
    }

    /// Returns how long it is until the next census is due.
    pub fn left(&self) -> Duration {
        self.due.saturating_duration_since(Instant::now())
    }
}

/// Returns when the census after one that began at `started` is due; `chance` lies between 0 and 1.
fn next(started: Instant, every: Duration, chance: f64) -> Instant {
    started + every.mul_f64(1.0 + JITTER * (2.0 * chance - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_lie_around_the_interval() {
        let now = Instant::now();
        let hour = Duration::from_hours(1);
        let minutes = |chance| (next(now, hour, chance) - now).as_secs_f64() / 60.0;
        assert!((minutes(0.0) - 57.0).abs() < 1e-6);
        assert!((minutes(0.5) - 60.0).abs() < 1e-6);
        assert!((minutes(1.0) - 63.0).abs() < 1e-6);
    }

    #[tokio::test]
    async fn the_first_is_due_at_once_and_the_next_is_planned_from_its_start() {
        let mut schedule = Schedule::new(Duration::from_hours(1));
        assert_eq!(schedule.left(), Duration::ZERO);
        schedule.wait().await;
        assert!(schedule.left() > Duration::from_mins(56));
    }
}
