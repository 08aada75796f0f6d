//! What surrounds the process: logging, and whether colour is wanted.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Names the filter of diagnostic logging, for example `CENSUS_LOG=census_collect=debug`.
const LOG: &str = "CENSUS_LOG";

/// Sends diagnostics to stderr, at `error` unless `CENSUS_LOG` says otherwise.
pub fn start_logging() {
    let filter = EnvFilter::try_from_env(LOG).unwrap_or_else(|_| EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Tells whether a bar may be drawn on stderr: it is a terminal that can move its cursor.
pub fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
