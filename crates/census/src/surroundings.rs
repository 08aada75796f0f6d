//! What surrounds the process: logging, and whether colour is wanted.

use std::io::{IsTerminal, Write};
use tracing_subscriber::EnvFilter;

/// Names the filter of diagnostic logging, for example `CENSUS_LOG=census_collect=debug`.
const LOG: &str = "CENSUS_LOG";

/// Sends diagnostics to stderr where `CENSUS_LOG` asks for them.
pub fn start_logging() {
    let filter = EnvFilter::try_from_env(LOG).unwrap_or_else(|_| EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Prints a line of talk on stderr; whoever has closed it does not want to know, and must not be a panic.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Returns a count with its noun: `1 scope`, `2 scopes`.
pub fn counted(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Tells whether a bar may be drawn on stderr: it is a terminal that can move its cursor.
pub fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Tells whether colour may be used: `NO_COLOR` is unset or empty, as no-color.org has it.
pub fn is_colour_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
