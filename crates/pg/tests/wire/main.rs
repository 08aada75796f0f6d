//! A server in this process, and what clients of it see: a driver of Rust, and whatever bytes a hostile one sends.

// A fixture that fails is a failed test.
#![allow(clippy::unwrap_used)]

mod concurrency;
mod driver;
mod hostile;
mod messages;
mod mutation;
mod protocol;
mod running;
