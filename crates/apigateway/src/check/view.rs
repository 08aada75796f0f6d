//! Facts with everything in them parsed once, as rules see them.

use super::checker::ListedResponse;
use super::context::IntegrationContext;
use super::facts::IntegrationResponseFacts;
use super::known_key::{KnownKey, KnownPattern};
use super::report::Subject;
use crate::grammar::{ParameterSource, ParameterTarget, SelectionExpression};
use crate::template::Template;
use crate::{GrammarError, TemplateError};
use std::sync::Arc;

/// The responses of an integration by their keys.
pub(crate) struct KeysView<'a> {
    pub integration: &'a IntegrationContext,
    /// Whether there are no others.
    pub is_complete: bool,
    pub responses: &'a [ListedResponse],
    /// The keys of the responses, at their places.
    pub keys: Vec<Option<Arc<KnownKey>>>,
}

impl KeysView<'_> {
    /// The key of the response at a place, as a subject of a finding.
    pub(crate) fn key_at(&self, place: usize, path: &str) -> Subject {
        let id = self.responses.get(place).and_then(|response| response.id.as_deref());
        Subject { path: path.to_owned(), ..Subject::of_response(&self.integration.id, id) }
    }

    /// The keys that are known, with their places.
    pub(crate) fn known(&self) -> impl Iterator<Item = (usize, &KnownKey)> {
        let keys = self.keys.iter().enumerate();
        keys.filter_map(|(place, key)| Some((place, key.as_deref()?)))
    }
}

/// A response with everything parsed but its templates.
pub(crate) struct ResponseView<'a> {
    pub integration: &'a IntegrationContext,
    pub facts: &'a IntegrationResponseFacts,
    pub key: Option<&'a KnownKey>,
    pub expression: Option<Result<SelectionExpression, GrammarError>>,
    pub parameters: Vec<ParameterView<'a>>,
}

/// A parameter mapping.
pub(crate) struct ParameterView<'a> {
    pub key: &'a str,
    pub value: &'a str,
    pub target: Result<ParameterTarget, GrammarError>,
    pub source: Result<ParameterSource, GrammarError>,
}

impl ParameterView<'_> {
    pub(crate) fn path(&self) -> String {
        format!("responseParameters.{}", self.key)
    }
}

/// A template.
pub(crate) struct TemplateView<'a> {
    pub key: &'a str,
    pub text: &'a str,
    pub parsed: Result<Template, TemplateError>,
}

impl<'a> TemplateView<'a> {
    pub(super) fn new(key: &'a str, text: &'a str) -> Self {
        Self { key, text, parsed: Template::parse(text) }
    }

    pub(crate) fn path(&self) -> String {
        template_path(self.key)
    }
}

/// Where the template with a key is, as findings point at it.
pub(crate) fn template_path(key: &str) -> String {
    format!("responseTemplates.{key}")
}

impl<'a> ResponseView<'a> {
    pub(super) fn new(
        integration: &'a IntegrationContext,
        facts: &'a IntegrationResponseFacts,
        key: Option<&'a KnownKey>,
    ) -> Self {
        let expression =
            facts.template_selection_expression.as_deref().filter(|text| !text.is_empty());
        let parameters = facts.parameters.iter().map(|(key, value)| ParameterView {
            key,
            value,
            target: ParameterTarget::parse(key),
            source: ParameterSource::parse(value),
        });
        Self {
            integration,
            facts,
            key,
            expression: expression.map(SelectionExpression::parse),
            parameters: parameters.collect(),
        }
    }

    /// The key as written and its expression, where it compiles.
    pub(crate) fn compiled(&self) -> Option<(&str, &KnownPattern)> {
        let key = self.key?;
        Some((&key.text, key.compiled()?))
    }

    /// The template selection expression, where it parses.
    pub(crate) fn selection(&self) -> Option<&SelectionExpression> {
        self.expression.as_ref()?.as_ref().ok()
    }

    pub(crate) fn has_template(&self, key: &str) -> bool {
        self.facts.templates.iter().any(|(other, _)| other == key)
    }
}
