//! Facts with everything in them parsed once, as rules see them.

use super::facts::{ApiFacts, IntegrationFacts, IntegrationResponseFacts, RouteFacts};
use crate::grammar::{ParameterSource, ParameterTarget, ResponseKey, SelectionExpression};
use crate::pattern::Pattern;
use crate::simulate::{IntegrationKind, is_lambda};
use crate::template::Template;
use crate::{GrammarError, PatternError, TemplateError};

/// An integration with its routes.
pub(crate) struct IntegrationView<'a> {
    pub facts: &'a IntegrationFacts,
    pub kind: Option<IntegrationKind>,
    /// Whether it invokes a Lambda function; `None` where that is not known.
    pub is_lambda: Option<bool>,
    /// The routes that target it; `None` where routes are not known.
    pub routes: Option<Vec<&'a RouteFacts>>,
}

impl<'a> IntegrationView<'a> {
    pub(super) fn new(api: &'a ApiFacts, facts: &'a IntegrationFacts) -> Self {
        let kind = facts.kind.as_deref().map(IntegrationKind::parse);
        let target = format!("integrations/{}", facts.id);
        let routes = api.routes.as_ref().map(|routes| {
            routes.iter().filter(|route| route.target.as_deref() == Some(&target)).collect()
        });
        let lambda = match kind {
            Some(IntegrationKind::Aws) => is_lambda(facts.uri.as_deref()),
            Some(_) => Some(false),
            None => None,
        };
        Self { facts, kind, is_lambda: lambda, routes }
    }

    /// Whether mappings apply; `None` where the type is not known.
    pub(crate) fn is_proxy(&self) -> Option<bool> {
        match self.kind.as_ref()? {
            IntegrationKind::Other(_) => None,
            kind => Some(kind.is_proxy()),
        }
    }

    /// Whether keys are matched against a status code.
    pub(crate) fn selects_by_status(&self) -> bool {
        self.kind.as_ref().is_some_and(IntegrationKind::selects_by_status)
    }

    /// Whether a two-way route targets it; `None` where that is not known.
    pub(crate) fn is_two_way(&self) -> Option<bool> {
        let routes = self.routes.as_ref()?;
        let answers: Vec<Option<bool>> =
            routes.iter().map(|route| route.has_default_response()).collect();
        if answers.contains(&Some(true)) {
            return Some(true);
        }
        (!answers.contains(&None)).then_some(false)
    }

    /// Whether `$connect` targets it: its answer opens or refuses a connection.
    pub(crate) fn answers_connect(&self) -> bool {
        self.routes.iter().flatten().any(|route| route.key == "$connect")
    }
}

/// A response with everything parsed.
pub(crate) struct ResponseView<'a> {
    pub integration: &'a IntegrationView<'a>,
    pub facts: &'a IntegrationResponseFacts,
    pub key: Option<ResponseKey>,
    pub pattern: Option<Result<Pattern, PatternError>>,
    pub expression: Option<Result<SelectionExpression, GrammarError>>,
    pub parameters: Vec<ParameterView<'a>>,
    pub templates: Vec<TemplateView<'a>>,
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

impl TemplateView<'_> {
    pub(crate) fn path(&self) -> String {
        format!("responseTemplates.{}", self.key)
    }
}

impl<'a> ResponseView<'a> {
    pub(super) fn new(
        integration: &'a IntegrationView<'a>,
        facts: &'a IntegrationResponseFacts,
    ) -> Self {
        let key = facts.key.as_deref().map(ResponseKey::parse);
        let pattern = key.as_ref().and_then(ResponseKey::pattern);
        let expression =
            facts.template_selection_expression.as_deref().filter(|text| !text.is_empty());
        let parameters = facts.parameters.iter().map(|(key, value)| ParameterView {
            key,
            value,
            target: ParameterTarget::parse(key),
            source: ParameterSource::parse(value),
        });
        let templates = facts.templates.iter().map(|(key, text)| TemplateView {
            key,
            text,
            parsed: Template::parse(text),
        });
        Self {
            integration,
            facts,
            key,
            pattern,
            expression: expression.map(SelectionExpression::parse),
            parameters: parameters.collect(),
            templates: templates.collect(),
        }
    }

    /// The key as written and its expression, where it compiles.
    pub(crate) fn compiled(&self) -> Option<(&str, &Pattern)> {
        Some((self.facts.key.as_deref()?, self.pattern.as_ref()?.as_ref().ok()?))
    }

    /// The template selection expression, where it parses.
    pub(crate) fn selection(&self) -> Option<&SelectionExpression> {
        self.expression.as_ref()?.as_ref().ok()
    }

    /// The templates that parse.
    pub(crate) fn parsed_templates(&self) -> impl Iterator<Item = (&TemplateView<'a>, &Template)> {
        self.templates.iter().filter_map(|view| Some((view, view.parsed.as_ref().ok()?)))
    }

    pub(crate) fn has_template(&self, key: &str) -> bool {
        self.templates.iter().any(|template| template.key == key)
    }
}
