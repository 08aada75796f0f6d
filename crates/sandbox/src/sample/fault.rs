//! What is wrong with the sample.

/// A fault of the sample, for tests of a checker.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SampleFault {
    /// The account that has it.
    pub account_id: String,
    /// The ARN (`_key`) of the integration response; of the integration for `IR-NONE` and
    /// `IR-NO-DEFAULT`; of the route for `RR-…`.
    pub key: String,
    /// The rule's id, for example `RP-KEY`.
    pub rule: &'static str,
    /// What is wrong, in words.
    pub what: &'static str,
}
