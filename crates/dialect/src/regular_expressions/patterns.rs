//! Compiled patterns, kept from row to row and from batch to batch, and the searches with them.

use super::{Flags, Groups, RegularExpression, engine_fault, too_complex};
use crate::functions::external;
use datafusion::common::Result;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many patterns are kept.
const KEPT: usize = 100;
/// How long the searches of one batch may take where they backtrack.
const MAXIMUM_TIME: Duration = Duration::from_secs(5);

type Kept = HashMap<(String, Flags), Arc<RegularExpression>>;

static PATTERNS: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

/// The patterns of one batch.
pub(crate) struct Patterns {
    last: Option<(String, Flags, Arc<RegularExpression>)>,
    started: Instant,
}

impl Patterns {
    pub(crate) fn new() -> Self {
        Self { last: None, started: Instant::now() }
    }

    /// Returns a pattern, compiled.
    ///
    /// # Errors
    /// As [`RegularExpression::compile`].
    pub(crate) fn compiled(
        &mut self,
        pattern: &str,
        flags: Flags,
    ) -> Result<Arc<RegularExpression>> {
        if let Some((last, last_flags, compiled)) = &self.last
            && last == pattern
            && *last_flags == flags
        {
            return Ok(Arc::clone(compiled));
        }
        let key = (pattern.to_owned(), flags);
        let kept = PATTERNS.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let compiled = if let Some(compiled) = kept {
            compiled
        } else {
            let compiled = RegularExpression::compile(pattern, flags).map_err(external)?;
            let compiled = Arc::new(compiled);
            let mut patterns = PATTERNS.lock().unwrap_or_else(PoisonError::into_inner);
            if patterns.len() >= KEPT {
                patterns.clear();
            }
            patterns.insert(key, Arc::clone(&compiled));
            compiled
        };
        self.last = Some((pattern.to_owned(), flags, Arc::clone(&compiled)));
        Ok(compiled)
    }

    /// Tells whether a pattern matches somewhere in a text.
    ///
    /// # Errors
    /// 2201B where that takes too many steps, or too long for the batch.
    pub(crate) fn is_match(&self, pattern: &RegularExpression, text: &str) -> Result<bool> {
        let (program, backtracks) = pattern.program(text);
        let is_match = program.is_match(text).map_err(|error| external(engine_fault(&error)))?;
        self.check_time(backtracks)?;
        Ok(is_match)
    }

    /// Returns the first match at or after a byte of a text.
    ///
    /// # Errors
    /// As [`Patterns::is_match`].
    pub(crate) fn find(
        &self,
        pattern: &RegularExpression,
        text: &str,
        from: usize,
    ) -> Result<Option<Groups>> {
        let (program, backtracks) = pattern.program(text);
        let captures = program
            .captures_from_pos(text, from)
            .map_err(|error| external(engine_fault(&error)))?;
        self.check_time(backtracks)?;
        let Some(captures) = captures else { return Ok(None) };
        let ranges = (0..=pattern.groups())
            .map(|group| captures.get(group).map(|found| found.start()..found.end()));
        Ok(Some(ranges.collect()))
    }

    /// Returns up to a number of matches that do not overlap, from a byte of a text on.
    ///
    /// After an empty match the search goes on one character later, in PostgreSQL as in ICU.
    ///
    /// # Errors
    /// As [`Patterns::is_match`].
    pub(crate) fn matches(
        &self,
        pattern: &RegularExpression,
        text: &str,
        from: usize,
        most: usize,
    ) -> Result<Vec<Groups>> {
        let mut matches = Vec::new();
        let mut start = from;
        while matches.len() < most && start <= text.len() {
            let Some(groups) = self.find(pattern, text, start)? else { break };
            let Some(Some(whole)) = groups.first() else { break };
            start = whole.end;
            if whole.is_empty() {
                start += text[start..].chars().next().map_or(1, char::len_utf8);
            }
            matches.push(groups);
        }
        Ok(matches)
    }

    fn check_time(&self, backtracks: bool) -> Result<()> {
        if backtracks && self.started.elapsed() > MAXIMUM_TIME {
            return Err(external(too_complex()));
        }
        Ok(())
    }
}
