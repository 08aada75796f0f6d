//! Transactions in name: they begin, fail and end as clients expect, though every statement reads alike within and without.

use census_engine::SettingsMark;
use census_error::{Error, Result, SqlState};

/// Where a session stands between BEGIN and COMMIT.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Status {
    /// No transaction has begun.
    #[default]
    Idle,
    /// One has begun.
    Active,
    /// A statement in it has failed; nothing but its end is accepted.
    Failed,
}

/// The transaction of a session, if one has begun.
#[derive(Debug, Default)]
pub(crate) struct Transaction {
    status: Status,
    /// How settings stood where it began.
    start: SettingsMark,
    /// The savepoints, and how settings stood there.
    savepoints: Vec<(String, SettingsMark)>,
    /// Whether a statement has failed that no BEGIN stood before: what came with it is undone together.
    is_undone: bool,
}

/// What a client is told although a statement succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Warning {
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
}

impl Transaction {
    /// Tells whether no transaction has begun.
    pub(crate) fn is_idle(&self) -> bool {
        self.status == Status::Idle
    }

    /// Returns the letter that the protocol has for the status.
    pub(crate) fn letter(&self) -> u8 {
        match self.status {
            Status::Idle => b'I',
            Status::Active => b'T',
            Status::Failed => b'E',
        }
    }

    /// Refuses a statement in a transaction that has failed (25P02).
    pub(crate) fn check(&self) -> Result<()> {
        if self.status != Status::Failed {
            return Ok(());
        }
        let message =
            "current transaction is aborted, commands ignored until end of transaction block";
        Err(Error::new(SqlState::InFailedSqlTransaction, message))
    }

    /// Refuses a statement that needs a transaction (25P01).
    pub(crate) fn require(&self, statement: &str) -> Result<()> {
        if self.status != Status::Idle {
            return Ok(());
        }
        let message = format!("{statement} can only be used in transaction blocks");
        Err(Error::new(SqlState::NoActiveSqlTransaction, message))
    }

    /// Takes the settings as those that the transaction begins with, which may be one of a single statement.
    pub(crate) fn start_from(&mut self, settings: SettingsMark) {
        self.start = settings;
    }

    /// Returns how settings stood where the transaction began.
    pub(crate) fn start(&self) -> SettingsMark {
        self.start.clone()
    }

    /// Tells, once, whether statements without BEGIN are undone.
    pub(crate) fn take_undone(&mut self) -> bool {
        std::mem::take(&mut self.is_undone)
    }

    /// Refuses a statement that no transaction may have (25001).
    pub(crate) fn refuse(&self, statement: &str) -> Result<()> {
        if self.status == Status::Idle {
            return Ok(());
        }
        let message = format!("{statement} cannot run inside a transaction block");
        Err(Error::new(SqlState::ActiveSqlTransaction, message))
    }

    pub(crate) fn begin(&mut self) -> Option<Warning> {
        if self.status == Status::Idle {
            self.status = Status::Active;
            return None;
        }
        Some(Warning { code: "25001", message: "there is already a transaction in progress" })
    }

    /// Ends the transaction; returns the tag, for one that has failed is never committed.
    pub(crate) fn end(&mut self, tag: &'static str) -> (&'static str, Option<Warning>) {
        let status = std::mem::take(&mut self.status);
        self.savepoints.clear();
        match status {
            Status::Idle => {
                let message = "there is no transaction in progress";
                (tag, Some(Warning { code: "25P01", message }))
            }
            Status::Active => (tag, None),
            Status::Failed => ("ROLLBACK", None),
        }
    }

    /// Marks that a statement has failed.
    pub(crate) fn fail(&mut self) {
        match self.status {
            Status::Idle => self.is_undone = true,
            Status::Active => self.status = Status::Failed,
            Status::Failed => {}
        }
    }

    pub(crate) fn savepoint(&mut self, name: String, settings: SettingsMark) -> Result<()> {
        self.require("SAVEPOINT")?;
        self.savepoints.push((name, settings));
        Ok(())
    }

    /// Forgets a savepoint and those after it.
    pub(crate) fn release(&mut self, name: &str) -> Result<()> {
        self.require("RELEASE SAVEPOINT")?;
        let place = self.find(name)?;
        self.savepoints.truncate(place);
        Ok(())
    }

    /// Goes back to a savepoint, also from a statement that has failed; returns how settings stood there.
    pub(crate) fn roll_back_to(&mut self, name: &str) -> Result<SettingsMark> {
        self.require("ROLLBACK TO SAVEPOINT")?;
        let place = self.find(name)?;
        self.savepoints.truncate(place + 1);
        self.status = Status::Active;
        Ok(self.savepoints[place].1.clone())
    }

    /// Returns how many savepoints there are.
    pub(crate) fn depth(&self) -> usize {
        self.savepoints.len()
    }

    fn find(&self, name: &str) -> Result<usize> {
        self.savepoints.iter().rposition(|(known, _)| known == name).ok_or_else(|| {
            let message = format!("savepoint \"{name}\" does not exist");
            Error::new(SqlState::InvalidSavepointSpecification, message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_transaction_ends_with_rollback() {
        let mut transaction = Transaction::default();
        assert_eq!(transaction.begin(), None);
        transaction.fail();
        assert_eq!(transaction.letter(), b'E');
        assert!(transaction.check().is_err());
        assert_eq!(transaction.end("COMMIT"), ("ROLLBACK", None));
        assert_eq!(transaction.letter(), b'I');
    }

    #[test]
    fn savepoint_is_gone_back_to_from_a_failure() {
        let mut transaction = Transaction::default();
        assert!(transaction.savepoint("a".to_owned(), SettingsMark::default()).is_err());
        transaction.begin();
        assert!(transaction.savepoint("a".to_owned(), SettingsMark::default()).is_ok());
        assert!(transaction.savepoint("b".to_owned(), SettingsMark::default()).is_ok());
        transaction.fail();
        assert!(transaction.roll_back_to("a").is_ok());
        assert!(transaction.check().is_ok());
        assert!(transaction.release("b").is_err());
        assert!(transaction.release("a").is_ok());
    }
}
