//! Every sentence with which a sandbox can fail to start.

use census_error::{Error, SqlState};
use std::net::SocketAddr;

/// Why a sandbox could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The address is taken or not ours.
    #[error("could not bind sandbox to \"{address}\"")]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
}

impl From<SandboxError> for Error {
    fn from(error: SandboxError) -> Self {
        let SandboxError::Bind { .. } = &error;
        Error::new(SqlState::IoError, error.to_string())
            .with_hint("Perhaps another program listens there; port 0 picks a free one.")
            .with_source(error)
    }
}
