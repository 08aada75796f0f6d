//! Progress of a census: a bar on a terminal, plain lines of failures anywhere, or JSON for machines.

use crate::expectation::Expectation;
use crate::failed_scopes::FailedScopes;
use crate::surroundings::{self, counted};
use census_collect::{CollectOptions, Event, Progress};
use census_directory::scope::Scope;
use clap::ValueEnum;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the bar moves while nothing happens.
const TICK: Duration = Duration::from_millis(120);

/// How often a line is printed where no bar can be drawn.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// How progress is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressFormat {
    /// A bar on a terminal, else a line now and then; a line for each list that could not be read.
    Text,
    /// One JSON object a line on stdout.
    Json,
}

/// Shows scopes done, calls, their rate and share of the quota, rows, and the time that is left.
pub struct CollectProgress {
    format: ProgressFormat,
    bar: ProgressBar,
    expectation: Expectation,
    allowance: Allowance,
    state: Mutex<State>,
}

/// The calls a second that an account's region may be sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allowance(Option<f64>);

/// What has happened so far.
#[derive(Debug)]
struct State {
    started: Instant,
    /// When a line was printed.
    told: Instant,
    calls: u64,
    rows: u64,
    throttles: u64,
    /// The calls that are expected of the accounts found; `None` once one is not known.
    expected: Option<u64>,
    /// Scopes begun and not ended, by account and region.
    walked: HashMap<(String, String), usize>,
    /// What could not be read, until its region is done.
    failed: FailedScopes,
}

impl Allowance {
    /// Returns what the reserve leaves of the quota.
    pub fn of(options: &CollectOptions) -> Self {
        let share = 1.0 - f64::from(options.reserve_percent) / 100.0;
        Self(options.quota.map(|quota| quota.rate_per_second * share))
    }
}

impl CollectProgress {
    /// Returns a display; without a terminal it prints lines.
    pub fn new(format: ProgressFormat, expectation: Expectation, allowance: Allowance) -> Self {
        let bar = ProgressBar::new(0);
        if format == ProgressFormat::Text && surroundings::stderr_is_terminal() {
            // A bar of no scopes yet would be a full one.
            bar.set_style(style("{spinner} finding accounts and regions"));
            bar.enable_steady_tick(TICK);
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let state = Mutex::new(State::new());
        Self { format, bar, expectation, allowance, state }
    }

    /// Removes the bar, so that what is printed next stands alone, and tells what was kept for the end of a region.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for line in state.failed.take_rest() {
            surroundings::tell(&line);
        }
    }

    fn print(&self, line: &str) {
        if self.bar.is_hidden() {
            surroundings::tell(line);
        } else {
            self.bar.println(line);
        }
    }

    fn show(&self, event: Event<'_>, state: &mut State) {
        match event {
            Event::AccountFound { scopes, .. } => {
                self.bar.set_style(style("{spinner} {pos}/{len} scopes [{bar:24}] {msg}"));
                self.bar.inc_length(scopes as u64);
            }
            Event::ScopeFinished { .. } => {
                // Scopes that are there no more were not foreseen.
                if Some(self.bar.position()) == self.bar.length() {
                    self.bar.inc_length(1);
                }
                self.bar.inc(1);
            }
            _ => {}
        }
        for line in state.failed.take(event) {
            self.print(&line);
        }
        let done = (self.bar.position(), self.bar.length().unwrap_or_default());
        let message = state.message(self.allowance, done);
        if self.bar.is_hidden() && state.is_line_due(Instant::now()) {
            self.print(&format!("{} of {}, {message}", done.0, counted(done.1, "scope")));
        }
        self.bar.set_message(message);
    }
}

/// A template that does not parse is a mistake in this file; the default style still tells.
fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template);
    style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}

impl Progress for CollectProgress {
    fn event(&self, event: Event<'_>) {
        // Numbers stay usable whatever happened to another holder.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.take(event, &self.expectation);
        match self.format {
            ProgressFormat::Text => self.show(event, &mut state),
            ProgressFormat::Json => {
                if let Some(object) = as_json(event, &state) {
                    print_json(&object);
                }
            }
        }
    }
}

impl State {
    fn new() -> Self {
        Self {
            started: Instant::now(),
            told: Instant::now(),
            calls: 0,
            rows: 0,
            throttles: 0,
            expected: Some(0),
            walked: HashMap::new(),
            failed: FailedScopes::default(),
        }
    }

    fn take(&mut self, event: Event<'_>, expectation: &Expectation) {
        let place = |scope: &Scope| (scope.account_id.clone(), scope.region.clone());
        match event {
            Event::AccountFound { account_id, .. } => {
                let calls = expectation.calls_of_account(account_id);
                self.expected = self.expected.zip(calls).map(|(sum, calls)| sum + calls);
            }
            Event::CallMade { .. } => self.calls += 1,
            Event::RowsRead { rows, .. } => self.rows += rows as u64,
            Event::Throttled { .. } => self.throttles += 1,
            Event::ScopeStarted { scope } => *self.walked.entry(place(scope)).or_default() += 1,
            Event::ScopeFinished { scope, .. } => {
                if let Some(open) = self.walked.get_mut(&place(scope)) {
                    *open = open.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// Tells whether it is time for a line, and takes it to be printed.
    fn is_line_due(&mut self, now: Instant) -> bool {
        let is_due = now.saturating_duration_since(self.told) >= LINE_EVERY;
        if is_due {
            self.told = now;
        }
        is_due
    }

    fn rate(&self) -> f64 {
        as_float(self.calls) / self.started.elapsed().as_secs_f64().max(0.001)
    }

    /// Returns the text behind the bar, of which `done` is the position and the length.
    fn message(&self, allowance: Allowance, done: (u64, u64)) -> String {
        let rate = self.rate();
        let walked = self.walked.values().filter(|open| **open > 0).count();
        let share = allowance.0.filter(|_| walked > 0).map(|allowed| {
            let share = rate / (allowed * as_float(walked as u64));
            format!(", {:.0}% of the quota", (share * 100.0).min(100.0))
        });
        let throttled = (self.throttles > 0).then(|| format!(", {} throttled", self.throttles));
        let left = self.left(done).map(|left| format!(", {} left", HumanDuration(left)));
        format!(
            "{} ({rate:.1}/s{}), {}{}{}",
            counted(self.calls, "call"),
            share.unwrap_or_default(),
            counted(self.rows, "row"),
            throttled.unwrap_or_default(),
            left.unwrap_or_default(),
        )
    }

    /// Returns the time left: by the calls of the last census where it is known, else by scopes.
    fn left(&self, (position, length): (u64, u64)) -> Option<Duration> {
        let seconds = match self.expected {
            Some(expected) if expected >= self.calls && self.calls > 0 => {
                as_float(expected - self.calls) / self.rate()
            }
            _ if position > 0 => {
                let elapsed = self.started.elapsed().as_secs_f64();
                elapsed * as_float(length.saturating_sub(position)) / as_float(position)
            }
            _ => return None,
        };
        Duration::try_from_secs_f64(seconds).ok()
    }
}

/// Good enough for rates and shares that are shown with one digit.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
fn as_float(count: u64) -> f64 {
    count as f64
}

/// Prints an object on a line of stdout; whoever has closed it does not want to know.
pub fn print_json(object: &serde_json::Value) {
    let _ = writeln!(std::io::stdout(), "{object}");
}

/// Returns what a machine is told of an event, if anything.
fn as_json(event: Event<'_>, state: &State) -> Option<serde_json::Value> {
    Some(match event {
        Event::AccountFound { account_id, regions, scopes } => serde_json::json!({
            "event": "account", "account_id": account_id, "regions": regions, "scopes": scopes,
        }),
        Event::ScopeFinished { scope, report } => serde_json::json!({
            "event": "scope",
            "account_id": scope.account_id,
            "region": scope.region,
            "dataset": scope.dataset,
            "outcome": report.outcome.as_str(),
            "error_code": report.error_code,
            "error_message": report.error_message,
            "rows": report.rows,
            "calls": report.calls,
            "throttles": report.throttles,
            "total_calls": state.calls,
            "total_rows": state.rows,
        }),
        Event::Throttled { account_id, region, service } => serde_json::json!({
            "event": "throttled", "account_id": account_id, "region": region, "service": service,
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_last_census() {
        let mut state = State::new();
        (state.calls, state.expected) = (100, Some(100));
        assert_eq!(state.left((1, 10)).unwrap(), Duration::ZERO);
        state.expected = None;
        assert!(state.left((1, 10)).unwrap() > Duration::ZERO);
        assert_eq!(state.left((0, 10)), None);
    }

    #[test]
    fn a_line_is_printed_every_half_minute() {
        let mut state = State::new();
        state.told = state.started;
        let due = [10, 30, 31, 59, 60, 200, 201].map(|seconds| {
            let now = state.started + Duration::from_secs(seconds);
            state.is_line_due(now)
        });
        assert_eq!(due, [false, true, false, false, true, true, false]);
    }

    #[test]
    fn the_share_of_the_quota_is_that_of_the_regions_being_walked() {
        let mut state = State::new();
        state.calls = 5;
        assert!(!state.message(Allowance(Some(10.0)), (0, 1)).contains("quota"));
        state.walked.insert((String::new(), String::new()), 1);
        assert!(state.message(Allowance(Some(10.0)), (0, 1)).contains("% of the quota), 0 rows"));
    }
}
