//! Response keys with what rules ask of their expressions: found out once, since configurations repeat their keys.

use crate::PatternError;
use crate::grammar::ResponseKey;
use crate::pattern::{Pattern, StatusCodes};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A response key, parsed and compiled.
#[derive(Debug)]
pub struct KnownKey {
    /// The key as written.
    pub text: Arc<str>,
    /// What it is.
    pub key: ResponseKey,
    /// Its expression; `None` for `$default`.
    pub pattern: Option<Result<KnownPattern, PatternError>>,
}

/// A compiled expression and what is known of it.
#[derive(Debug)]
pub struct KnownPattern {
    pattern: Pattern,
    status_codes: OnceLock<Option<StatusCodes>>,
    shape: OnceLock<Shape>,
}

#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "answers to questions that are independent of each other"
)]
struct Shape {
    is_catch_all: bool,
    takes_only_digits: bool,
    stops_at_line_ends: bool,
    is_open_or_anchored: bool,
}

impl KnownPattern {
    fn new(pattern: Pattern) -> Self {
        Self { pattern, status_codes: OnceLock::new(), shape: OnceLock::new() }
    }

    fn shape(&self) -> Shape {
        *self.shape.get_or_init(|| Shape {
            is_catch_all: self.pattern.is_catch_all(),
            takes_only_digits: self.pattern.takes_only_digits(),
            stops_at_line_ends: self.pattern.stops_at_line_ends(),
            is_open_or_anchored: self.pattern.is_open_or_anchored(),
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pattern.is_empty()
    }

    pub(crate) fn is_catch_all(&self) -> bool {
        self.shape().is_catch_all
    }

    pub(crate) fn takes_only_digits(&self) -> bool {
        self.shape().takes_only_digits
    }

    pub(crate) fn stops_at_line_ends(&self) -> bool {
        self.shape().stops_at_line_ends
    }

    pub(crate) fn is_open_or_anchored(&self) -> bool {
        self.shape().is_open_or_anchored
    }

    /// The status codes that match; `None` where that cannot be told.
    pub(crate) fn status_codes(&self) -> Option<&StatusCodes> {
        self.status_codes.get_or_init(|| self.pattern.matching_status_codes()).as_ref()
    }
}

impl KnownKey {
    fn parse(text: &str) -> Self {
        let key = ResponseKey::parse(text);
        let pattern = key.pattern().map(|pattern| pattern.map(KnownPattern::new));
        Self { text: text.into(), key, pattern }
    }

    /// The expression, where it compiles.
    pub(crate) fn compiled(&self) -> Option<&KnownPattern> {
        self.pattern.as_ref()?.as_ref().ok()
    }
}

/// How many instructions of compiled expressions are kept; then all are forgotten and found out anew.
const MAXIMUM_INSTRUCTIONS: usize = 1 << 20;

/// What a key weighs beside its instructions.
const WEIGHT_OF_A_KEY: usize = 64;

/// The keys seen so far; several threads may share it.
#[derive(Debug, Default)]
pub(super) struct KnownKeys {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    keys: HashMap<Arc<str>, Arc<KnownKey>>,
    weight: usize,
}

impl KnownKeys {
    pub(super) fn get(&self, text: &str) -> Arc<KnownKey> {
        if let Some(known) = self.lock().keys.get(text) {
            return Arc::clone(known);
        }
        // Compiled without the lock: a hostile key must not hold up the others.
        let known = Arc::new(KnownKey::parse(text));
        let instructions = known.compiled().map_or(0, |compiled| compiled.pattern.size());
        let mut kept = self.lock();
        kept.weight += WEIGHT_OF_A_KEY + text.len() + instructions;
        if kept.weight > MAXIMUM_INSTRUCTIONS {
            *kept = Kept::default();
        }
        kept.keys.insert(Arc::clone(&known.text), Arc::clone(&known));
        known
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
