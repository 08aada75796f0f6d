//! The settings whose values clients are told, at the beginning and whenever they change.

use census_engine::Session;

/// The settings, each under the name by which the protocol tells it and by which the session knows it.
const SETTINGS: [(&str, &str); 14] = [
    ("server_version", "server_version"),
    ("server_encoding", "server_encoding"),
    ("client_encoding", "client_encoding"),
    ("application_name", "application_name"),
    ("default_transaction_read_only", "default_transaction_read_only"),
    ("in_hot_standby", "in_hot_standby"),
    ("is_superuser", "is_superuser"),
    ("session_authorization", "session_authorization"),
    ("DateStyle", "datestyle"),
    ("IntervalStyle", "intervalstyle"),
    ("TimeZone", "timezone"),
    ("integer_datetimes", "integer_datetimes"),
    ("standard_conforming_strings", "standard_conforming_strings"),
    ("search_path", "search_path"),
];

/// The values that a client has been told.
#[derive(Debug, Default)]
pub(crate) struct Reported {
    values: [String; SETTINGS.len()],
}

impl Reported {
    /// Returns the values of a session as they are now, as told.
    pub(crate) fn of(session: &Session) -> Self {
        let mut reported = Self::default();
        reported.changes(session);
        reported
    }

    /// Returns what has changed since it was told last, and takes it as told.
    pub(crate) fn changes(&mut self, session: &Session) -> Vec<(&'static str, String)> {
        let mut changes = Vec::new();
        for ((told_as, name), known) in SETTINGS.into_iter().zip(&mut self.values) {
            let value = session.setting(name).unwrap_or_default();
            if value != *known {
                known.clone_from(&value);
                changes.push((told_as, value));
            }
        }
        changes
    }
}
