//! What a reading of a scope proves: of which rows it speaks, and of which it says nothing.

use crate::scope::{Outcome, ScopeReport};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A part of a scope that was not read to its end: its rows are neither there nor gone for all the reading tells.
///
/// Parts are named by the beginnings of keys, since a row's key begins with what it is listed under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnreadPart {
    /// What the keys of its rows begin with; empty means the whole scope.
    pub beginning: String,
    /// Beginnings of keys within it that were read to their end all the same.
    pub except: Vec<String>,
}

/// Tells the rows that a reading speaks of from the others.
///
/// A row that it speaks of and does not show is gone; all others are to stay as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    is_empty: bool,
    unread: HashMap<String, Beginnings>,
    lengths: BTreeSet<usize>,
}

/// Texts that keys may begin with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Beginnings {
    texts: HashSet<String>,
    lengths: BTreeSet<usize>,
}

impl Beginnings {
    fn insert(&mut self, text: &str) {
        self.lengths.insert(text.len());
        self.texts.insert(text.to_owned());
    }

    fn begin(&self, key: &str) -> bool {
        let mut beginnings = self.lengths.iter().filter_map(|length| key.get(..*length));
        beginnings.any(|beginning| self.texts.contains(beginning))
    }
}

impl Proof {
    /// Returns what a reading that ended so proves.
    ///
    /// A complete one proves everything. One of a region that is not enabled proves nothing, and neither does
    /// a failed one that does not say which parts it did not read.
    #[must_use]
    pub fn of(report: &ScopeReport) -> Self {
        let mut proof = Self::default();
        match report.outcome {
            Outcome::Complete => return proof,
            Outcome::NotEnabled | Outcome::Never => proof.is_empty = true,
            Outcome::Partial | Outcome::Denied | Outcome::Throttled | Outcome::Failed => {
                let reads_nothing =
                    |part: &UnreadPart| part.beginning.is_empty() && part.except.is_empty();
                proof.is_empty =
                    report.unread.is_empty() || report.unread.iter().any(reads_nothing);
            }
        }
        if proof.is_empty {
            return proof;
        }
        let mut parts: HashMap<&str, Vec<&UnreadPart>> = HashMap::new();
        for part in &report.unread {
            parts.entry(&part.beginning).or_default().push(part);
        }
        for (beginning, parts) in parts {
            proof.lengths.insert(beginning.len());
            let mut except = Beginnings::default();
            // Of two readings of the same part, what either did not read counts.
            if let [only] = parts.as_slice() {
                only.except.iter().for_each(|text| except.insert(text));
            }
            proof.unread.insert(beginning.to_owned(), except);
        }
        proof
    }

    /// Tells whether it speaks of no row at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Tells whether it speaks of the row with this key.
    #[must_use]
    pub fn covers(&self, key: &str) -> bool {
        if self.is_empty {
            return false;
        }
        let beginnings = self.lengths.iter().filter_map(|length| key.get(..*length));
        let mut parts = beginnings.filter_map(|beginning| self.unread.get(beginning));
        parts.all(|except| except.begin(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Utc;

    fn report(outcome: Outcome, unread: &[(&str, &[&str])]) -> ScopeReport {
        let part = |(beginning, except): &(&str, &[&str])| UnreadPart {
            beginning: (*beginning).to_owned(),
            except: except.iter().map(|&text| text.to_owned()).collect(),
        };
        ScopeReport {
            unread: unread.iter().map(part).collect(),
            ..ScopeReport::of_no_call(outcome, Utc::now())
        }
    }

    #[test]
    fn a_complete_reading_covers_every_key() {
        assert!(Proof::of(&report(Outcome::Complete, &[])).covers("/apis/a/x"));
    }

    #[test]
    fn a_failure_that_names_no_part_covers_nothing() {
        for outcome in [Outcome::Partial, Outcome::Denied, Outcome::Failed, Outcome::NotEnabled] {
            let proof = Proof::of(&report(outcome, &[]));
            assert!(proof.is_empty() && !proof.covers("/apis/a/x"));
        }
    }

    #[test]
    fn unread_parts_are_told_by_their_beginnings() {
        let proof =
            Proof::of(&report(Outcome::Partial, &[("/apis/a/", &[]), ("/apis/bb/i/c/", &[])]));
        let covered = ["/apis/a/x", "/apis/ab/x", "/apis/bb/i/c/x", "/apis/bb/i/d/x", "/apis/é"]
            .map(|key| proof.covers(key));
        assert_eq!(covered, [false, true, false, true, true]);
    }

    #[test]
    fn what_was_read_within_an_unread_part_is_covered() {
        let proof = Proof::of(&report(Outcome::Failed, &[("/", &["/a/"]), ("/a/x/", &[])]));
        let covered = ["/a/y/1", "/a/x/1", "/b/1"].map(|key| proof.covers(key));
        assert_eq!(covered, [true, false, false]);
    }
}
