//! PostgreSQL's protocol over the engine: to a client, Census is a read-only PostgreSQL that has hstore.
//!
//! What statements mean belongs to the engine and the dialect. Here are messages, values as bytes, sessions with their
//! prepared statements, portals and transactions in name, TLS and passwords.

mod authentication;
mod cancellation;
mod client;
mod command;
mod command_reader;
mod connection;
mod copy;
mod cursor;
mod cursor_command;
mod encode;
mod end_point;
mod error;
mod execution;
mod extended;
mod fetching;
mod limits;
mod parameter;
mod portal;
mod prepared;
mod reported;
mod runtimes;
mod scram;
mod server;
mod simple;
mod startup;
mod text_constant;
mod tls;
mod transaction;
mod transaction_end;
mod verifier;
mod wire;

pub use error::PgError;
pub use limits::Limits;
pub use server::{Server, ServerOptions};
pub use tls::TlsFiles;
pub use verifier::Verifier;
