//! What one connection, and all together, may take.

use std::time::Duration;

/// Limits of a server; a client that goes beyond one gets an error, and harms no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many connections there may be at once.
    pub connections: usize,
    /// How long a client may take to begin a session, password and TLS included.
    pub startup: Duration,
    /// How many bytes a message may have before the client is known.
    pub startup_message_bytes: usize,
    /// How many bytes a message may have.
    pub message_bytes: usize,
    /// How many prepared statements a session may keep, and how many portals.
    pub kept: usize,
    /// How many bytes the statements and values that a session keeps may have together.
    pub kept_bytes: usize,
    /// How long a client may take to accept what it is sent at once.
    pub sending: Duration,
    /// How long running statements are waited for when the server stops.
    pub stopping: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 500,
            startup: Duration::from_secs(30),
            startup_message_bytes: 10_000,
            message_bytes: 16 << 20,
            kept: 2_000,
            kept_bytes: 64 << 20,
            sending: Duration::from_mins(10),
            stopping: Duration::from_secs(10),
        }
    }
}
