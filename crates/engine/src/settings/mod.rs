//! The settings of a session: what there is, which values each takes, and those that it has.

mod kept;
mod kind;
mod values;

pub(crate) use kind::{Kind, Unit};
pub use values::SettingsMark;
pub(crate) use values::{SettingValues, change};

use crate::error::EngineError;
use crate::tables::CATALOG;
use census_error::Result;
use std::sync::LazyLock;

/// A setting that SET, SHOW and RESET know.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// As PostgreSQL spells it; SQL may write it in any case.
    pub name: &'static str,
    /// Its value until it is set; empty for those that depend on when the session begins.
    pub default: &'static str,
    /// What it does, and its values.
    pub description: &'static str,
    pub(crate) kind: Kind,
}

/// Incomplete answers are errors (57P03): `on` or `off`.
pub const REQUIRE_COMPLETE: &str = "census.require_complete";
/// The longest that a statement may run: milliseconds, or a number with ms, s, min or h; 0 is no limit.
pub const STATEMENT_TIMEOUT: &str = "statement_timeout";
/// The schemas in which a name without schema is looked up.
pub const SEARCH_PATH: &str = "search_path";
/// Who asks.
pub(crate) const SESSION_USER: &str = "session_authorization";
/// The level of isolation of a transaction that names none.
const DEFAULT_TRANSACTION_ISOLATION: &str = "default_transaction_isolation";
/// The level of isolation of the transaction; that of the setting above until it is set.
const TRANSACTION_ISOLATION: &str = "transaction_isolation";
/// When the session's time frame begins.
pub const TIME_FRAME_START: &str = "dd.time_frame_start";
/// When the session's time frame ends.
pub const TIME_FRAME_END: &str = "dd.time_frame_end";

/// What the standard calls the levels of isolation.
const ISOLATION_LEVELS: &[&str] =
    &["read uncommitted", "read committed", "repeatable read", "serializable"];

/// The settings that say what an answer is, or that there is only one way for it to be; sorted by name.
const OWN: &[Setting] = &[
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
        name: "DateStyle",
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
        name: DEFAULT_TRANSACTION_ISOLATION,
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
        kind: Kind::Integer { unit: Unit::None, least: -15, most: 3 },
    },
    Setting {
        name: "idle_in_transaction_session_timeout",
        default: "0",
        description: "Kept for clients; an idle session holds nothing.",
        kind: Kind::Integer { unit: Unit::Milliseconds, least: 0, most: 2_147_483_647 },
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
        name: "IntervalStyle",
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
        kind: Kind::Integer { unit: Unit::Milliseconds, least: 0, most: 2_147_483_647 },
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
        name: "role",
        default: "none",
        description: "The role that is played; only none, which is that of whoever asks.",
        kind: Kind::Only(&["none"]),
    },
    Setting {
        name: "row_security",
        default: "on",
        description: "Kept for clients; there are no policies.",
        kind: Kind::Switch,
    },
    Setting {
        name: SEARCH_PATH,
        default: "aws, census, public",
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
    Setting { name: SESSION_USER, default: CATALOG, description: "Who asks.", kind: Kind::User },
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
        kind: Kind::Integer { unit: Unit::Milliseconds, least: 0, most: 2_147_483_647 },
    },
    Setting {
        name: "TimeZone",
        default: "UTC",
        description: "The time zone of timestamps; only UTC.",
        kind: Kind::Only(&[
            "utc",
            "etc/utc",
            "gmt",
            "etc/gmt",
            "z",
            "zulu",
            "universal",
            "0",
            "+00",
            "+00:00",
            "00:00",
            "-00:00",
        ]),
    },
    Setting {
        name: TRANSACTION_ISOLATION,
        default: "",
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

/// Every setting, sorted by name.
static SETTINGS: LazyLock<Vec<Setting>> = LazyLock::new(|| {
    let mut all: Vec<Setting> = OWN.iter().chain(kept::KEPT).copied().collect();
    all.sort_by_key(|setting| setting.name.to_lowercase());
    all
});

/// Returns every setting, sorted by name.
#[must_use]
pub fn settings() -> &'static [Setting] {
    &SETTINGS
}

/// Returns a setting by its name in any case.
pub(crate) fn find(name: &str) -> Result<&'static Setting> {
    let found = settings().iter().find(|setting| setting.name.eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let nearest = census_directory::nearest(name, settings().iter().map(|known| known.name));
        EngineError::UnknownSetting { name: name.to_owned(), nearest }.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_there_once() {
        let is_before =
            |left: &Setting, right: &Setting| left.name.to_lowercase() < right.name.to_lowercase();
        assert!(settings().is_sorted_by(is_before));
    }

    #[test]
    fn every_default_is_a_value_that_the_setting_takes() {
        for setting in settings().iter().filter(|setting| !setting.default.is_empty()) {
            if !matches!(setting.kind, Kind::Fixed | Kind::Privileged | Kind::User) {
                assert_eq!(setting.checked(setting.default).unwrap(), setting.default);
            }
        }
    }
}
