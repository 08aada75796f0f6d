//! The settings of a session: one constant each, and the values they have.

use crate::error::EngineError;
use census_dialect::SettingName;
use census_error::Result;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A setting that SET, SHOW and RESET know.
#[derive(Debug)]
pub struct Setting {
    /// Lower case.
    pub name: &'static str,
    /// Its value until it is set; empty for those that depend on when the session begins.
    pub default: &'static str,
    /// What it does, and its values.
    pub description: &'static str,
    kind: Kind,
}

/// What values a setting takes.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// `on` or `off`.
    Switch,
    /// Milliseconds, or a number with ms, s, min or h.
    Duration,
    /// An RFC 3339 time.
    Time,
    /// Any text.
    Text,
    /// One of these words.
    Words(&'static [&'static str]),
    /// Only the default, under any of these spellings.
    Only(&'static [&'static str]),
    /// Nothing: it tells how things are.
    Fixed,
}

/// Incomplete answers are errors (57P03): `on` or `off`.
pub const REQUIRE_COMPLETE: &str = "census.require_complete";
/// The longest that a statement may run: milliseconds, or a number with ms, s, min or h; 0 is no limit.
pub const STATEMENT_TIMEOUT: &str = "statement_timeout";
/// The schemas in which a name without schema is looked up.
pub const SEARCH_PATH: &str = "search_path";
/// When the session's time frame begins.
pub const TIME_FRAME_START: &str = "dd.time_frame_start";
/// When the session's time frame ends.
pub const TIME_FRAME_END: &str = "dd.time_frame_end";

/// What the standard calls the levels of isolation.
const ISOLATION_LEVELS: &[&str] =
    &["read uncommitted", "read committed", "repeatable read", "serializable"];

/// Every setting, sorted by name.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "application_name",
        default: "",
        description: "What the client calls itself.",
        kind: Kind::Text,
    },
    Setting {
        name: "bytea_output",
        default: "hex",
        description: "How bytea is printed; only hex.",
        kind: Kind::Only(&["hex"]),
    },
    Setting {
        name: REQUIRE_COMPLETE,
        default: "off",
        description: "Whether an incomplete answer is an error: on or off.",
        kind: Kind::Switch,
    },
    Setting {
        name: "client_encoding",
        default: "UTF8",
        description: "The encoding of texts; only UTF8.",
        kind: Kind::Only(&["utf8", "utf-8", "unicode"]),
    },
    Setting {
        name: "client_min_messages",
        default: "notice",
        description: "The least severe messages that are sent to a PostgreSQL client: notice, warning or error.",
        kind: Kind::Words(&[
            "debug5", "debug4", "debug3", "debug2", "debug1", "debug", "log", "notice", "info",
            "warning", "error",
        ]),
    },
    Setting {
        name: "datestyle",
        default: "ISO, MDY",
        description: "How times are printed; only ISO.",
        kind: Kind::Only(&["iso", "iso, mdy", "iso,mdy"]),
    },
    Setting {
        name: TIME_FRAME_END,
        default: "",
        description: "When the session's time frame ends, RFC 3339.",
        kind: Kind::Time,
    },
    Setting {
        name: TIME_FRAME_START,
        default: "",
        description: "When the session's time frame begins, RFC 3339.",
        kind: Kind::Time,
    },
    Setting {
        name: "default_table_access_method",
        default: "heap",
        description: "Kept for clients; how tables are kept is the store's.",
        kind: Kind::Only(&["heap"]),
    },
    Setting {
        name: "default_transaction_isolation",
        default: "read committed",
        description: "Kept for clients; every statement reads one version of each dataset.",
        kind: Kind::Words(ISOLATION_LEVELS),
    },
    Setting {
        name: "default_transaction_read_only",
        default: "on",
        description: "Whether statements may not write; always on.",
        kind: Kind::Only(&["on", "true", "yes", "1"]),
    },
    Setting {
        name: "extra_float_digits",
        default: "1",
        description: "Kept for clients; floating-point numbers always print in full.",
        kind: Kind::Text,
    },
    Setting {
        name: "idle_in_transaction_session_timeout",
        default: "0",
        description: "Kept for clients; an idle session holds nothing.",
        kind: Kind::Duration,
    },
    Setting {
        name: "in_hot_standby",
        default: "off",
        description: "Whether the server follows another.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "integer_datetimes",
        default: "on",
        description: "Whether times are kept as whole microseconds.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "intervalstyle",
        default: "postgres",
        description: "How intervals are printed; only postgres.",
        kind: Kind::Only(&["postgres"]),
    },
    Setting {
        name: "is_superuser",
        default: "off",
        description: "Whether the user may do everything.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "lock_timeout",
        default: "0",
        description: "Kept for clients; nothing is locked.",
        kind: Kind::Duration,
    },
    Setting {
        name: "max_identifier_length",
        default: "63",
        description: "The longest name that PostgreSQL has; longer ones are not cut here.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "max_index_keys",
        default: "32",
        description: "How many columns an index may have in PostgreSQL; there are no indexes.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "row_security",
        default: "on",
        description: "Kept for clients; there are no policies.",
        kind: Kind::Switch,
    },
    Setting {
        name: SEARCH_PATH,
        default: "aws, census",
        description: "The schemas in which a name without schema is looked up.",
        kind: Kind::Text,
    },
    Setting {
        name: "server_encoding",
        default: "UTF8",
        description: "The encoding that texts are kept in.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "server_version",
        default: "15.0 (Census)",
        description: "The version of PostgreSQL whose behaviour is the model.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "server_version_num",
        default: "150000",
        description: "The same version as a number.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "session_authorization",
        default: "census",
        description: "Who asks.",
        kind: Kind::Fixed,
    },
    Setting {
        name: "standard_conforming_strings",
        default: "on",
        description: "Whether backslashes in texts stand for themselves; always on.",
        kind: Kind::Only(&["on"]),
    },
    Setting {
        name: STATEMENT_TIMEOUT,
        default: "0",
        description: "The longest that a statement may run: milliseconds, or a number with ms, s, min or h; 0 is no limit.",
        kind: Kind::Duration,
    },
    Setting {
        name: "timezone",
        default: "UTC",
        description: "The time zone of timestamps; only UTC.",
        kind: Kind::Only(&["utc", "etc/utc", "gmt", "z", "0"]),
    },
    Setting {
        name: "transaction_isolation",
        default: "read committed",
        description: "Kept for clients; every statement reads one version of each dataset.",
        kind: Kind::Words(ISOLATION_LEVELS),
    },
    Setting {
        name: "transaction_read_only",
        default: "on",
        description: "Whether statements may not write; always on.",
        kind: Kind::Only(&["on", "true", "yes", "1"]),
    },
];

/// The values that a session's settings have.
#[derive(Debug, Clone)]
pub(crate) struct SettingValues {
    initial: BTreeMap<&'static str, String>,
    changed: BTreeMap<&'static str, String>,
}

impl SettingValues {
    /// Returns the defaults; the time frame is the hour before now.
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        let mut initial: BTreeMap<&'static str, String> =
            SETTINGS.iter().map(|setting| (setting.name, setting.default.to_owned())).collect();
        initial.insert(TIME_FRAME_END, rfc3339(now));
        initial.insert(TIME_FRAME_START, rfc3339(now - TimeDelta::hours(1)));
        Self { initial, changed: BTreeMap::new() }
    }

    /// Returns the value of a setting, empty for one that does not exist.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.changed.get(name).or_else(|| self.initial.get(name)).map_or("", String::as_str)
    }

    /// Returns the values of all settings by their names.
    pub(crate) fn all(&self) -> BTreeMap<String, String> {
        SETTINGS
            .iter()
            .map(|setting| (setting.name.to_owned(), self.value(setting.name).to_owned()))
            .collect()
    }

    /// Changes a setting.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let setting = find(name)?;
        let value = setting.checked(value)?;
        self.changed.insert(setting.name, value);
        Ok(())
    }

    /// Gives a setting the value that it begins with and that RESET returns it to.
    pub(crate) fn begin_with(&mut self, name: &str, value: &str) -> Result<()> {
        let setting = find(name)?;
        let value = setting.checked(value)?;
        self.initial.insert(setting.name, value);
        Ok(())
    }

    /// Returns a setting, or all, to the default.
    pub(crate) fn reset(&mut self, name: &SettingName) -> Result<()> {
        match name {
            SettingName::All => self.changed.clear(),
            SettingName::One(name) => {
                self.changed.remove(find(name)?.name);
            }
        }
        Ok(())
    }

    /// Tells whether incomplete answers are refused.
    pub(crate) fn requires_complete(&self) -> bool {
        self.value(REQUIRE_COMPLETE) == "on"
    }

    /// Returns the schemas in which a name without schema is looked up, in their order.
    pub(crate) fn search_path(&self) -> impl Iterator<Item = &str> {
        let schemas = self.value(SEARCH_PATH).split(',').map(|name| name.trim().trim_matches('"'));
        std::iter::once("pg_catalog").chain(schemas)
    }

    /// Returns the time limit; zero is none.
    pub(crate) fn statement_timeout(&self) -> Duration {
        parse_duration(self.value(STATEMENT_TIMEOUT)).unwrap_or_default()
    }
}

/// Changes a setting, and returns the value that it then has.
pub(crate) fn change(settings: &Mutex<SettingValues>, name: &str, value: &str) -> Result<String> {
    let name = name.to_lowercase();
    let mut settings = settings.lock().unwrap_or_else(PoisonError::into_inner);
    settings.set(&name, value)?;
    Ok(settings.value(&name).to_owned())
}

/// Returns a setting by name.
pub(crate) fn find(name: &str) -> Result<&'static Setting> {
    let found = SETTINGS.iter().find(|setting| setting.name == name);
    found.ok_or_else(|| {
        let nearest = census_directory::nearest(name, SETTINGS.iter().map(|setting| setting.name));
        EngineError::UnknownSetting { name: name.to_owned(), nearest }.into()
    })
}

impl Setting {
    /// Returns a value in the form in which it is kept.
    fn checked(&self, value: &str) -> Result<String> {
        let lower = value.trim().to_lowercase();
        let invalid = |expected| EngineError::InvalidSetting {
            name: self.name,
            value: value.to_owned(),
            expected,
        };
        match self.kind {
            Kind::Switch => match lower.as_str() {
                "on" | "true" | "yes" | "1" | "t" | "y" => Ok("on".to_owned()),
                "off" | "false" | "no" | "0" | "f" | "n" => Ok("off".to_owned()),
                _ => Err(invalid("on or off").into()),
            },
            Kind::Duration => match parse_duration(&lower) {
                Some(_) => Ok(lower),
                None => Err(invalid("milliseconds, or a number with ms, s, min or h").into()),
            },
            Kind::Time => match DateTime::parse_from_rfc3339(value.trim()) {
                Ok(time) => Ok(rfc3339(time.to_utc())),
                Err(_) => {
                    Err(invalid("an RFC 3339 time such as 2026-11-22 19:40:12.000+00:00").into())
                }
            },
            Kind::Text => Ok(value.to_owned()),
            Kind::Words(words) if words.contains(&lower.as_str()) => Ok(lower),
            // Some drivers send a value in quotes when they connect.
            Kind::Only(spellings) if spellings.contains(&lower.trim_matches('\'')) => {
                Ok(self.default.to_owned())
            }
            Kind::Words(_) | Kind::Only(_) => Err(invalid(self.default).into()),
            Kind::Fixed => Err(EngineError::FixedSetting { name: self.name }.into()),
        }
    }
}

/// Returns a time in RFC 3339 with a space between date and time, as DDSQL writes it.
fn rfc3339(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M:%S%.3f%:z").to_string()
}

fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().ok()?;
    let milliseconds = match text[digits..].trim() {
        "" | "ms" => number,
        "s" => number.checked_mul(1_000)?,
        "min" => number.checked_mul(60_000)?,
        "h" => number.checked_mul(3_600_000)?,
        _ => return None,
    };
    Some(Duration::from_millis(milliseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_sorted_and_each_is_there_once() {
        assert!(SETTINGS.is_sorted_by(|left, right| left.name < right.name));
    }

    #[test]
    fn durations_take_units() {
        assert_eq!(parse_duration("5s"), Some(Duration::from_secs(5)));
        assert_eq!(parse_duration("250"), Some(Duration::from_millis(250)));
        assert_eq!(parse_duration("5 parsecs"), None);
        assert_eq!(parse_duration("-1"), None);
    }
}
