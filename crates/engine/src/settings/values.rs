//! The values that the settings of a session have, and what a transaction's end makes of them.

use super::kind::rfc3339;
use super::{
    DEFAULT_TRANSACTION_ISOLATION, Kind, REQUIRE_COMPLETE, SEARCH_PATH, SESSION_USER,
    STATEMENT_TIMEOUT, Setting, TIME_FRAME_END, TIME_FRAME_START, TRANSACTION_ISOLATION, Unit,
    find, settings,
};
use crate::error::EngineError;
use census_dialect::SettingName;
use census_error::Result;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The values that a session's settings have. Names are lower case, for those that users make up have no other.
#[derive(Debug, Clone)]
pub(crate) struct SettingValues {
    initial: BTreeMap<String, String>,
    changes: SettingsMark,
    /// The number by which other sessions know this one.
    process: i64,
    is_encrypted: bool,
}

/// Settings as they stood at a time: those that were changed, and what the end of the transaction leaves of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsMark {
    changed: BTreeMap<String, String>,
    /// The same without what counts until the end of the transaction only.
    kept: BTreeMap<String, String>,
    /// Whether SET LOCAL has changed one.
    is_local: bool,
}

impl SettingValues {
    /// Returns the defaults; the time frame is the hour before now.
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        let mut initial: BTreeMap<String, String> = settings()
            .iter()
            .map(|setting| (setting.name.to_lowercase(), setting.default.to_owned()))
            .collect();
        initial.insert(TIME_FRAME_END.to_owned(), rfc3339(now));
        initial.insert(TIME_FRAME_START.to_owned(), rfc3339(now - TimeDelta::hours(1)));
        Self { initial, changes: SettingsMark::default(), process: 0, is_encrypted: false }
    }

    /// Returns the value of a setting, empty for one that does not exist.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.get(&name.to_lowercase()).unwrap_or_default()
    }

    /// Returns the value of a setting by its name in lower case.
    fn get(&self, name: &str) -> Option<&str> {
        let name = match self.changes.changed.get(name) {
            None if name == TRANSACTION_ISOLATION => DEFAULT_TRANSACTION_ISOLATION,
            _ => name,
        };
        self.changes.changed.get(name).or_else(|| self.initial.get(name)).map(String::as_str)
    }

    /// Returns the name that SHOW gives a setting, and its value.
    ///
    /// # Errors
    /// 42704 for one that does not exist.
    pub(crate) fn shown(&self, name: &str) -> Result<(String, String)> {
        let lower = name.to_lowercase();
        match find(name) {
            Ok(setting) => Ok((setting.name.to_owned(), self.value(&lower).to_owned())),
            Err(unknown) => {
                let value = self.get(&lower).ok_or(unknown)?;
                Ok((lower.clone(), value.to_owned()))
            }
        }
    }

    /// Returns the values of all settings by their names in lower case.
    pub(crate) fn all(&self) -> BTreeMap<String, String> {
        let names = self.initial.keys().chain(self.changes.changed.keys());
        names.map(|name| (name.clone(), self.value(name).to_owned())).collect()
    }

    /// Changes a setting, until the end of the transaction or for longer.
    pub(crate) fn set(&mut self, name: &str, value: &str, is_local: bool) -> Result<()> {
        let (name, value) = self.checked(name, value)?;
        if !is_local {
            self.changes.kept.insert(name.clone(), value.clone());
        }
        self.changes.changed.insert(name, value);
        Ok(())
    }

    /// Does what SET says; without a value the setting returns to the one that it began with.
    pub(crate) fn run(&mut self, name: &str, value: Option<&str>, is_local: bool) -> Result<()> {
        self.changes.is_local |= is_local;
        if let Some(value) = value {
            return self.set(name, value, is_local);
        }
        let name = known(name)?;
        self.changes.changed.remove(&name);
        if !is_local {
            self.changes.kept.remove(&name);
        }
        Ok(())
    }

    /// Gives a setting the value that it begins with and that RESET returns it to.
    pub(crate) fn begin_with(&mut self, name: &str, value: &str) -> Result<()> {
        let (name, value) = self.checked(name, value)?;
        self.initial.insert(name, value);
        Ok(())
    }

    /// Tells how things are: the value of a setting that nobody may change.
    pub(crate) fn tell(&mut self, setting: &str, value: &str) {
        self.initial.insert(setting.to_owned(), value.to_owned());
    }

    /// Returns a setting, or all, to the value that it began with.
    pub(crate) fn reset(&mut self, name: &SettingName) -> Result<()> {
        match name {
            SettingName::All => {
                self.changes.changed.clear();
                self.changes.kept.clear();
                Ok(())
            }
            SettingName::One(name) => self.run(name, None, false),
        }
    }

    /// Returns the settings as they stand.
    pub(crate) fn mark(&self) -> SettingsMark {
        self.changes.clone()
    }

    /// Makes the settings stand as they did.
    pub(crate) fn restore(&mut self, mark: SettingsMark) {
        self.changes = mark;
    }

    /// Forgets what counts until the end of a transaction only; tells whether SET LOCAL has said so of a setting.
    pub(crate) fn end_transaction(&mut self) -> bool {
        self.changes.changed.clone_from(&self.changes.kept);
        std::mem::take(&mut self.changes.is_local)
    }

    /// Returns the name and the value of a setting as they are kept.
    fn checked(&self, name: &str, value: &str) -> Result<(String, String)> {
        let name = known(name)?;
        let Ok(setting) = find(&name) else { return Ok((name, value.to_owned())) };
        let user = self.initial.get(SESSION_USER).map_or("", String::as_str);
        let value = match setting {
            Setting { kind: Kind::User, .. } | Setting { name: "role", .. } if value == user => {
                value.to_owned()
            }
            setting => setting.checked(value)?,
        };
        Ok((name, value))
    }

    /// Tells whether incomplete answers are refused.
    pub(crate) fn requires_complete(&self) -> bool {
        self.value(REQUIRE_COMPLETE) == "on"
    }

    /// Says by which number others know the session, and whether it is encrypted.
    pub(crate) fn connect(&mut self, process: i64, is_encrypted: bool) {
        (self.process, self.is_encrypted) = (process, is_encrypted);
    }

    /// Returns the number by which other sessions know this one; 0 where there are no others.
    pub(crate) fn process(&self) -> i64 {
        self.process
    }

    /// Tells whether the session is encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// Returns who asks.
    pub(crate) fn user(&self) -> &str {
        self.value(SESSION_USER)
    }

    /// Returns the schemas in which a name without schema is looked up, in their order.
    pub(crate) fn search_path(&self) -> impl Iterator<Item = &str> {
        let schemas = self.value(SEARCH_PATH).split(',').map(|name| name.trim().trim_matches('"'));
        std::iter::once("pg_catalog").chain(schemas)
    }

    /// Returns the time limit; zero is none.
    pub(crate) fn statement_timeout(&self) -> Duration {
        let milliseconds = Unit::Milliseconds.read(self.value(STATEMENT_TIMEOUT));
        Duration::from_millis(milliseconds.and_then(|limit| u64::try_from(limit).ok()).unwrap_or(0))
    }
}

/// Changes a setting, and returns the value that it then has.
pub(crate) fn change(
    settings: &Mutex<SettingValues>,
    name: &str,
    value: &str,
    is_local: bool,
) -> Result<String> {
    let mut settings = settings.lock().unwrap_or_else(PoisonError::into_inner);
    settings.set(name, value, is_local)?;
    Ok(settings.value(name).to_owned())
}

/// Returns the name of a setting in lower case, also of one that a user makes up, which has a dot.
fn known(name: &str) -> Result<String> {
    let lower = name.to_lowercase();
    let Err(unknown) = find(&lower) else { return Ok(lower) };
    let is_word = |part: &str| {
        part.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && part.chars().all(|other| other.is_alphanumeric() || matches!(other, '_' | '$'))
    };
    match lower.split_once('.') {
        None | Some(("census" | "dd", _)) => Err(unknown),
        Some(_) if lower.split('.').all(is_word) => Ok(lower),
        Some(_) => Err(EngineError::SettingName { name: name.to_owned() }.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_local_ends_with_the_transaction() {
        let mut values = SettingValues::new(Utc::now());
        values.run("work_mem", Some("8MB"), false).unwrap();
        values.run("work_mem", Some("16MB"), true).unwrap();
        assert_eq!(values.value("work_mem"), "16MB");
        assert!(values.end_transaction());
        assert_eq!(values.value("work_mem"), "8MB");
        assert!(!values.end_transaction());
    }

    #[test]
    fn what_is_undone_was_never_set() {
        let mut values = SettingValues::new(Utc::now());
        let mark = values.mark();
        values.run("a.b", Some("1"), false).unwrap();
        values.restore(mark);
        assert!(values.shown("a.b").is_err());
    }
}
