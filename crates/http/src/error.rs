//! What can go wrong before a request comes.

use census_error::{Error, SqlState};
use std::net::SocketAddr;

/// Why nobody can be listened to.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address is taken, or not of this machine.
    #[error("could not listen for HTTP on \"{address}\"")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// Others could reach it, unencrypted and without being asked who they are.
    #[error("HTTP address \"{0}\" is not on loopback")]
    Exposed(SocketAddr),
}

impl From<HttpError> for Error {
    fn from(error: HttpError) -> Self {
        let message = error.to_string();
        match error {
            HttpError::Bind { source, .. } => {
                Self::new(SqlState::IoError, message).with_source(source)
            }
            HttpError::Exposed(_) => Self::new(SqlState::InvalidParameterValue, message).with_hint(
                "Listen on 127.0.0.1, and put a proxy that encrypts and asks for a password before it.",
            ),
        }
    }
}
