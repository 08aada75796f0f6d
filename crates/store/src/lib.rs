//! The store: Delta tables that are the history, one a dataset, and what was looked at.
//!
//! A collection opens a [`Recorder`], hands it rows scope by scope and closes it; queries take
//! DataFusion tables of the present ([`Store::present`]) or of all versions ([`Store::versions`]).
//! This crate knows no cloud and no SQL dialect.

mod broken_runs;
mod bucket;
mod cause;
mod change;
mod commit;
mod committer;
mod coverage;
#[cfg(test)]
mod crash_tests;
mod data_file;
mod delta_table;
mod digest;
mod error;
mod file_writer;
mod forgetting;
mod heartbeat;
mod key_reading;
mod known;
mod layout;
mod location;
mod numbered_texts;
mod object_reader;
mod planned;
mod provider;
mod recorder;
mod run;
mod scan_reader;
mod sorting;
mod staging;
mod statistics;
mod store;
mod vacuum;

// The tests' inventories are shared with those outside the crate and name it.
#[cfg(test)]
extern crate self as census_store;

pub use coverage::CoverageRow;
pub use error::StoreError;
pub use recorder::Recorder;
pub use run::{RunInfo, RunOutcome, RunSummary};
pub use store::Store;
