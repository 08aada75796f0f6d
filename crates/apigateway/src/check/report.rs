//! Findings, and how rules add them.

use crate::rules::Rule;
use std::fmt;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Information,
    /// Without effect, or documented elsewhere only.
    Warning,
    /// Contradicts the documentation or the service model.
    Error,
}

impl Severity {
    /// The word used in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// `integrationId`, if it is about an integration or its response.
    pub integration_id: Option<String>,
    /// `integrationResponseId`, if it is about one and has one.
    pub response_id: Option<String>,
    /// `routeId`, if it is about a route.
    pub route_id: Option<String>,
    /// Where in the resource, such as `responseTemplates.$default`; empty for the whole of it.
    pub path: String,
}

impl Subject {
    pub(crate) fn of_integration(id: &str) -> Self {
        Self { integration_id: Some(id.to_owned()), ..Self::default() }
    }

    pub(crate) fn of_response(integration: &str, id: Option<&str>) -> Self {
        Self { response_id: id.map(str::to_owned), ..Self::of_integration(integration) }
    }

    pub(crate) fn of_route(id: &str) -> Self {
        Self { route_id: Some(id.to_owned()), ..Self::default() }
    }
}

/// One fault of a configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is here; a rule may have two degrees.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// One sentence that names the offending thing.
    pub message: String,
    /// What to do, if the rule knows.
    pub hint: &'static str,
}

impl Finding {
    /// The same about another integration, response or route: all but its place.
    pub(super) fn about(&self, subject: &Subject) -> Self {
        let path = self.subject.path.clone();
        Self { subject: Subject { path, ..subject.clone() }, ..self.clone() }
    }
}

/// Takes the findings of one rule about one subject.
pub(crate) struct Report<'a> {
    rule: &'static Rule,
    subject: &'a Subject,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(
        rule: &'static Rule,
        subject: &'a Subject,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Self { rule, subject, findings }
    }

    /// Adds a finding about a part of the subject.
    pub(crate) fn at(&mut self, path: &str, message: String) {
        let subject = Subject { path: path.to_owned(), ..self.subject.clone() };
        self.on(subject, self.rule.severity, message);
    }

    /// Adds a finding about another subject, or of another severity than the rule's.
    pub(crate) fn on(&mut self, subject: Subject, severity: Severity, message: String) {
        let rule = self.rule;
        self.findings.push(Finding { rule, severity, subject, message, hint: rule.hint });
    }

    /// The subject with a path in it.
    pub(crate) fn subject_at(&self, path: &str) -> Subject {
        Subject { path: path.to_owned(), ..self.subject.clone() }
    }
}
