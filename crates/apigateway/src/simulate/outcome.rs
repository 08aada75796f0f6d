//! What the simulator answers.

use super::content::Payload;
use crate::Certainty;
use crate::template::Overrides;

/// What the client receives.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A data frame.
    Frame {
        /// Its payload.
        payload: Payload,
    },
    /// Nothing.
    NoFrame {
        /// Why, as a clause.
        reason: String,
    },
    /// API Gateway's own error frame.
    ErrorFrame {
        /// The frame's text.
        payload: String,
        /// What went wrong, as a clause.
        cause: String,
    },
    /// The answer to the opening of a connection.
    Handshake {
        /// Whether the connection is opened.
        accepted: bool,
        /// Headers of the handshake's response.
        headers: Vec<(String, String)>,
        /// Why it was refused, as a clause.
        cause: Option<String>,
    },
}

/// The answer of the simulator with every reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the client receives.
    pub outcome: Outcome,
    /// The value that keys were matched against.
    pub selection_value: Option<String>,
    /// Id and key of the response that was taken.
    pub selected: Option<(String, String)>,
    /// Every response, with why it was or was not taken.
    pub considered: Vec<Considered>,
    /// Keys that match too, but come later.
    pub also_matching: Vec<String>,
    /// The key of the template that was applied.
    pub template_key: Option<String>,
    /// What the template printed.
    pub rendered: Option<String>,
    /// What the template printed without having a value, as written.
    pub blanks: Vec<String>,
    /// The status: the backend's, or what a template set; a data frame has none.
    pub status: Option<u16>,
    /// Headers that were mapped or set.
    pub headers: Vec<MappedHeader>,
    /// Mappings that give no header.
    pub omitted_headers: Vec<OmittedHeader>,
    /// Whether the client can see those headers: only the answer to `$connect` has any.
    pub headers_are_observable: bool,
    /// Names of the backend's headers, which are dropped.
    pub dropped_headers: Vec<String>,
    /// What templates set.
    pub overrides: Overrides,
    /// The rules used, in order.
    pub steps: Vec<Step>,
    /// Things to know about the configuration.
    pub diagnostics: Vec<Diagnostic>,
    /// That of the least certain rule used.
    pub certainty: Certainty,
}

/// A response with why it was or was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// `integrationResponseId`.
    pub id: String,
    /// `integrationResponseKey`.
    pub key: String,
    /// Whether it was taken.
    pub is_selected: bool,
    /// The reason, as a clause.
    pub reason: String,
}

/// A header of the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedHeader {
    /// The header's name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The mapping expression, or the override that set it.
    pub source: String,
}

/// A mapping that gives no header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OmittedHeader {
    /// The mapping's key.
    pub target: String,
    /// The mapping expression.
    pub source: String,
    /// Why, as a clause.
    pub reason: String,
}

/// A rule that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rule's name.
    pub rule: &'static str,
    /// How firm it is.
    pub certainty: Certainty,
    /// What it did here.
    pub sentence: String,
}

/// Something to know about the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its code.
    pub code: &'static str,
    /// What is the matter.
    pub sentence: String,
}

impl Explanation {
    pub(super) fn new() -> Self {
        Self {
            outcome: Outcome::NoFrame { reason: String::new() },
            selection_value: None,
            selected: None,
            considered: Vec::new(),
            also_matching: Vec::new(),
            template_key: None,
            rendered: None,
            blanks: Vec::new(),
            status: None,
            headers: Vec::new(),
            omitted_headers: Vec::new(),
            headers_are_observable: false,
            dropped_headers: Vec::new(),
            overrides: Overrides::default(),
            steps: Vec::new(),
            diagnostics: Vec::new(),
            certainty: Certainty::Documented,
        }
    }

    pub(super) fn step(
        &mut self,
        rule: &'static str,
        certainty: Certainty,
        sentence: impl Into<String>,
    ) {
        self.certainty = self.certainty.min(certainty);
        self.steps.push(Step { rule, certainty, sentence: sentence.into() });
    }

    pub(super) fn diagnose(&mut self, code: &'static str, sentence: impl Into<String>) {
        self.diagnostics.push(Diagnostic { code, sentence: sentence.into() });
    }
}
