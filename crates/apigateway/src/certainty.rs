//! How firm a rule is, and so an answer that rests on it.

use std::fmt;

/// The evidence behind a rule; an answer is as certain as the least certain rule it used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Nobody has shown it on AWS for a WebSocket API: field reports, emulators, or reasoning.
    Assumed,
    /// Recorded against AWS by a public test suite, for REST APIs unless the rule says otherwise.
    Recorded,
    /// The AWS documentation or the AWS service model says so.
    Documented,
}

impl Certainty {
    /// The word used in every output: `assumed`, `recorded` or `documented`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Recorded => "recorded",
            Self::Documented => "documented",
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
