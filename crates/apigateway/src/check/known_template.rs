//! What is wrong with templates: found out once for equal ones, which teams copy from response to response.

use super::report::Finding;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

/// How many bytes of templates and of what was found in them are kept; then all are forgotten and found out anew.
const MAXIMUM_BYTES: usize = 16 << 20;

/// What a template or a finding weighs beside its texts.
const ENTRY: usize = 200;

/// How many templates are remembered to have been seen once.
const MAXIMUM_SEEN: usize = 1 << 18;

/// What was found in a template, without the response it was seen in.
type Found = Arc<[Finding]>;

/// The templates seen more than once so far; several threads may share it.
///
/// One that is seen for the first time leaves nothing but a number: an inventory whose templates are all different
/// should not pay for copies that nobody asks for.
#[derive(Debug, Default)]
pub(super) struct KnownTemplates {
    numbers: RandomState,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// By the number of key and text.
    known: HashMap<u64, Vec<Known>>,
    weight: usize,
    seen: HashSet<u64>,
}

#[derive(Debug)]
struct Known {
    /// What is found names the key.
    key: Box<str>,
    text: Box<str>,
    found: Found,
}

impl Kept {
    fn get(&self, number: u64, key: &str, text: &str) -> Option<Found> {
        let known = self.known.get(&number)?;
        let same = known.iter().find(|known| *known.text == *text && *known.key == *key);
        same.map(|known| Arc::clone(&known.found))
    }

    /// Tells whether a number was seen before, and remembers that it was.
    fn has_seen(&mut self, number: u64) -> bool {
        if self.seen.len() >= MAXIMUM_SEEN {
            self.seen.clear();
        }
        !self.seen.insert(number)
    }

    fn put(&mut self, number: u64, known: Known) {
        let messages = known.found.iter().map(|one| one.message.len() + known.key.len() + ENTRY);
        let weight = known.text.len() + known.key.len() + ENTRY + messages.sum::<usize>();
        if weight > MAXIMUM_BYTES / 16 {
            return;
        }
        if self.weight + weight > MAXIMUM_BYTES {
            self.known.clear();
            self.weight = 0;
        }
        self.weight += weight;
        self.known.entry(number).or_default().push(known);
    }
}

impl KnownTemplates {
    /// Returns what was found in a template, or looks.
    pub(super) fn get(&self, key: &str, text: &str, look: fn(&str, &str) -> Vec<Finding>) -> Found {
        let number = self.numbers.hash_one((key, text));
        let mut kept = self.lock();
        if let Some(found) = kept.get(number, key, text) {
            return found;
        }
        let is_repeated = kept.has_seen(number);
        // Without the lock: a large template must not hold up the others.
        drop(kept);
        let found: Found = look(key, text).into();
        if is_repeated {
            let mut kept = self.lock();
            // Another thread may have looked meanwhile.
            if kept.get(number, key, text).is_none() {
                let found = Arc::clone(&found);
                kept.put(number, Known { key: key.into(), text: text.into(), found });
            }
        }
        found
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static LOOKS: AtomicUsize = AtomicUsize::new(0);

    fn look(_: &str, _: &str) -> Vec<Finding> {
        LOOKS.fetch_add(1, Ordering::Relaxed);
        Vec::new()
    }

    #[test]
    fn equal_templates_are_looked_at_twice_at_most() {
        let templates = KnownTemplates::default();
        for _ in 0..10 {
            templates.get("$default", "x", look);
            templates.get("a", "x", look);
        }
        assert_eq!(LOOKS.load(Ordering::Relaxed), 4);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut kept = Kept::default();
        for number in 0..400_000_u64 {
            kept.has_seen(number);
            let text = format!("{number:0100}").into();
            kept.put(number, Known { key: "a".into(), text, found: Vec::new().into() });
        }
        assert!(kept.weight <= MAXIMUM_BYTES && kept.seen.len() <= MAXIMUM_SEEN);
        assert!(kept.known.len() * (ENTRY + 101) <= MAXIMUM_BYTES);
    }
}
