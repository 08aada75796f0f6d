//! Progress of a census on stderr: a bar on a terminal, plain lines of failures anywhere.

use crate::output::printable_line;
use crate::surroundings;
use census_collect::{Event, Progress};
use census_directory::scope::{Outcome, Scope, ScopeReport};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often the bar moves while nothing happens.
const TICK: Duration = Duration::from_millis(120);

/// Shows scopes done, calls, rows and throttles.
pub struct CollectProgress {
    bar: ProgressBar,
    calls: AtomicU64,
    rows: AtomicU64,
    throttles: AtomicU64,
}

impl CollectProgress {
    /// Returns a display on stderr; without a terminal only failed scopes are printed.
    pub fn new() -> Self {
        let bar = ProgressBar::new(0);
        if surroundings::stderr_is_terminal() {
            let style = ProgressStyle::with_template(
                "{spinner} {pos}/{len} scopes [{bar:30}] {msg} {elapsed} (left {eta})",
            );
            // A template that does not parse is a mistake in this file; the default style still tells.
            bar.set_style(
                style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "),
            );
            bar.enable_steady_tick(TICK);
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        Self {
            bar,
            calls: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            throttles: AtomicU64::new(0),
        }
    }

    /// Removes the bar, so that what is printed next stands alone.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn describe(&self) {
        let calls = self.calls.load(Ordering::Relaxed);
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        // Good enough for a rate that is shown with one digit.
        #[allow(clippy::cast_precision_loss)]
        let rate = calls as f64 / seconds;
        let throttles = match self.throttles.load(Ordering::Relaxed) {
            0 => String::new(),
            throttles => format!(", {throttles} throttled"),
        };
        let rows = self.rows.load(Ordering::Relaxed);
        self.bar.set_message(format!("{calls} calls ({rate:.1}/s), {rows} rows{throttles}"));
    }

    fn print(&self, line: &str) {
        if self.bar.is_hidden() {
            surroundings::tell(line);
        } else {
            self.bar.println(line);
        }
    }
}

impl Progress for CollectProgress {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::AccountFound { scopes, .. } => self.bar.inc_length(scopes as u64),
            Event::CallMade { .. } => {
                self.calls.fetch_add(1, Ordering::Relaxed);
            }
            Event::RowsRead { rows, .. } => {
                self.rows.fetch_add(rows as u64, Ordering::Relaxed);
            }
            Event::Throttled { .. } => {
                self.throttles.fetch_add(1, Ordering::Relaxed);
            }
            Event::ScopeFinished { scope, report } => {
                self.bar.inc(1);
                // A region that is not enabled hides nothing; the summary counts it.
                if !matches!(report.outcome, Outcome::Complete | Outcome::NotEnabled) {
                    self.print(&failed_scope(scope, report));
                }
            }
            _ => return,
        }
        self.describe();
    }
}

/// Returns the line of a scope that could not be read.
pub fn failed_scope(scope: &Scope, report: &ScopeReport) -> String {
    let reason = match (&report.error_code, &report.error_message) {
        (Some(code), Some(message)) => format!(": {code}: {message}"),
        (Some(text), None) | (None, Some(text)) => format!(": {text}"),
        (None, None) => String::new(),
    };
    // What AWS says may have line breaks, and is not trusted with the terminal.
    printable_line(&format!(
        "{} {} {} {}{reason}",
        scope.account_id,
        scope.region,
        scope.dataset,
        report.outcome.as_str()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn failed_scope_takes_one_line_whatever_aws_says() {
        let scope = Scope {
            account_id: "111122223333".to_owned(),
            region: "eu-west-1".to_owned(),
            dataset: "aws.apigatewayv2_api".to_owned(),
        };
        let now = SystemTime::now().into();
        let report = ScopeReport {
            outcome: Outcome::Denied,
            error_code: Some("AccessDeniedException".to_owned()),
            error_message: Some("no\nway\u{1b}[2J".to_owned()),
            rows: 0,
            calls: 1,
            throttles: 0,
            started_at: now,
            finished_at: now,
        };
        assert_eq!(
            failed_scope(&scope, &report),
            "111122223333 eu-west-1 aws.apigatewayv2_api denied: AccessDeniedException: no\\nway\\x1B[2J"
        );
    }
}
