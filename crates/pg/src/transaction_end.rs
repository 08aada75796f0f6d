//! What the end of a transaction makes of settings: they stay as they were set, or return to what they were.

use crate::client::Client;
use crate::transaction::Warning;
use census_error::Result;

/// The setting that tells the level of isolation.
const ISOLATION: &str = "transaction_isolation";

impl Client {
    /// Ends a transaction, and begins one of the same kind where another follows in its chain.
    pub(crate) fn end_transaction(&mut self, tag: &'static str, chains: bool) -> Result<()> {
        if chains {
            self.transaction.require(&format!("{tag} AND CHAIN"))?;
        }
        let isolation = self.session.setting(ISOLATION)?;
        let (tag, warning) = self.transaction.end(tag);
        self.end_settings(tag == "COMMIT");
        if chains {
            self.transaction.begin();
            self.session.set_local(ISOLATION, &isolation)?;
        }
        self.kept.end_transaction(tag == "COMMIT");
        self.warn(warning);
        self.complete(tag);
        Ok(())
    }

    /// Gives the transaction a level of isolation: it is told, and changes no answer.
    pub(crate) fn isolate(&mut self, isolation: Option<&str>) -> Result<()> {
        match isolation {
            Some(isolation) => self.session.set_local(ISOLATION, isolation),
            None => Ok(()),
        }
    }

    /// Answers SET TRANSACTION, and SET SESSION CHARACTERISTICS AS TRANSACTION.
    pub(crate) fn characterise(&mut self, isolation: Option<&str>, is_session: bool) -> Result<()> {
        match isolation {
            Some(level) if is_session => {
                self.session.set("default_transaction_isolation", level)?;
            }
            _ if !is_session && self.transaction.is_idle() => {
                let message = "SET TRANSACTION can only be used in transaction blocks";
                self.warn(Some(Warning { code: "25P01", message }));
            }
            isolation => self.isolate(isolation)?,
        }
        self.complete("SET");
        Ok(())
    }

    /// Ends what the statements since the last time were in, where no BEGIN stood before them.
    pub(crate) fn settle(&mut self) {
        let is_undone = self.transaction.take_undone();
        if self.transaction.is_idle() && self.end_settings(!is_undone) {
            let message = "SET LOCAL can only be used in transaction blocks";
            self.warn(Some(Warning { code: "25P01", message }));
        }
    }

    /// Keeps the settings or undoes them; tells whether SET LOCAL was among what ends here.
    fn end_settings(&mut self, keeps: bool) -> bool {
        if !keeps {
            self.session.restore_settings(self.transaction.start());
        }
        let was_local = self.session.end_local_settings();
        self.transaction.start_from(self.session.settings_mark());
        was_local
    }
}
