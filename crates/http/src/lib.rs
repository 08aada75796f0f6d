//! HTTP: how the service is doing.
//!
//! A route is one file with its `routes()`; [`Server`] listens and serves what it is handed.

mod error;
mod health;
mod metrics;
mod server;

pub use error::HttpError;
pub use server::Server;
