//! What was measured, and beside it what is wanted.

use crate::collection_case::Case;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Rows a second that are wanted where no quota holds them back.
const WANTED_ROWS_A_SECOND: f64 = 5_000.0;
/// The largest resident size that is wanted for 1,000 account-regions.
const WANTED_MEGABYTES: u64 = 500;
/// The largest share of the time that the bucket allows.
const WANTED_SHARE: f64 = 1.1;
/// A handful: refusals that are borne while the collector learns that the bucket is empty.
const WANTED_REFUSALS: u64 = 5;

/// What a case came to.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    /// Its name.
    pub case: String,
    /// Regions of accounts.
    pub places: u64,
    /// Rows read.
    pub rows: u64,
    /// From the first call to the last commit.
    pub seconds: f64,
    /// From the first call to the last answer.
    pub collecting_seconds: f64,
    /// In which the quota allows the least calls.
    pub allowed_seconds: Option<f64>,
    /// Requests to API Gateway, refused ones included.
    pub list_calls: u64,
    /// Those that cannot be spared.
    pub least_list_calls: u64,
    /// Requests to other services.
    pub other_calls: u64,
    /// Those that cannot be spared.
    pub least_other_calls: u64,
    /// Requests answered with 429.
    pub throttled: u64,
    /// The largest resident size of the collector and the store.
    pub peak_megabytes: u64,
    /// Whether everything was read.
    pub complete: bool,
}

impl Measured {
    fn rows_a_second(&self) -> f64 {
        as_float(self.rows) / self.seconds
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} account-regions, {} rows in {:.2} s = {:.0} rows/s; peak memory {} MB; \
             {} list calls of {} least, {} others of {} least; {} throttled; complete: {}",
            self.case,
            self.places,
            self.rows,
            self.seconds,
            self.rows_a_second(),
            self.peak_megabytes,
            self.list_calls,
            self.least_list_calls,
            self.other_calls,
            self.least_other_calls,
            self.throttled,
            self.complete,
        )
    }
}

/// Returns a line for each figure that is wanted, of the cases that were measured.
pub fn figures(measured: &[(Case, Measured)]) -> Vec<String> {
    let of = |case| measured.iter().find(|(found, _)| *found == case).map(|(_, found)| found);
    let mut figures = Vec::new();
    for (_, found) in measured {
        let made = found.list_calls + found.other_calls - found.throttled;
        let least = found.least_list_calls + found.least_other_calls;
        let what = format!("calls made, refused ones aside ({})", found.case);
        figures.push(line(&what, &made.to_string(), &format!("= {least}"), made == least));
    }
    for (_, found) in measured {
        let Some(allowed) = found.allowed_seconds else { continue };
        let share = found.collecting_seconds / allowed;
        let what = format!("seconds of the {allowed:.1} that the bucket allows ({})", found.case);
        let wanted = format!("<= {WANTED_SHARE} x");
        let told = format!("{:.2} = {share:.3} x", found.collecting_seconds);
        figures.push(line(&what, &told, &wanted, share <= WANTED_SHARE));
    }
    for case in [Case::Quota, Case::Latency] {
        if let Some(found) = of(case) {
            let what = format!("answers 429 in steady state ({})", found.case);
            figures.push(line(&what, &found.throttled.to_string(), "= 0", found.throttled == 0));
        }
    }
    if let Some(found) = of(Case::Spent) {
        let met = found.throttled <= WANTED_REFUSALS;
        let what = "answers 429 while learning that the bucket is empty";
        let wanted = format!("<= {WANTED_REFUSALS}");
        figures.push(line(what, &found.throttled.to_string(), &wanted, met));
    }
    if let Some(found) = of(Case::Organization) {
        let what = format!("peak MB of {} account-regions in one run", found.places);
        let wanted = format!("< {WANTED_MEGABYTES}");
        let met = found.peak_megabytes < WANTED_MEGABYTES;
        figures.push(line(&what, &found.peak_megabytes.to_string(), &wanted, met));
    }
    if let Some(found) = of(Case::Throughput) {
        let wanted = format!(">= {WANTED_ROWS_A_SECOND}");
        let rows = found.rows_a_second();
        let met = rows >= WANTED_ROWS_A_SECOND;
        figures.push(line("rows a second without a quota", &format!("{rows:.0}"), &wanted, met));
    }
    figures
}

fn line(what: &str, measured: &str, wanted: &str, met: bool) -> String {
    let verdict = if met { "met" } else { "NOT MET" };
    format!("{what:<70} {measured:>16}  wanted {wanted:<10} {verdict}")
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
fn as_float(count: u64) -> f64 {
    count as f64
}
