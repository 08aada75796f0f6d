//! Runs the rules over one thing at a time, so that an inventory of any size can be checked as it streams by.

use super::context::IntegrationContext;
use super::facts::{IntegrationResponseFacts, RouteFacts};
use super::known_key::{KnownKey, KnownKeys};
use super::known_template::KnownTemplates;
use super::report::{Finding, Report, Subject};
use super::view::{KeysView, ResponseView, TemplateView};
use crate::rules::{Find, RULES};
use std::sync::Arc;

/// Checks responses, integrations and routes; keeps nothing but what it has found out about keys and templates, since
/// configurations repeat them, and may be shared by threads.
#[derive(Debug, Default)]
pub struct Checker {
    keys: KnownKeys,
    templates: KnownTemplates,
}

/// What rules about an integration as a whole need of each of its responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedResponse {
    /// `integrationResponseId`.
    pub id: Option<Box<str>>,
    /// `integrationResponseKey`; `None` where it is not known.
    pub key: Option<Arc<str>>,
}

impl Checker {
    /// Adds what is wrong with a response of a WebSocket API.
    pub fn response(
        &self,
        integration: &IntegrationContext,
        response: &IntegrationResponseFacts,
        findings: &mut Vec<Finding>,
    ) {
        let key = response.key.as_deref().map(|key| self.keys.get(key));
        let view = ResponseView::new(integration, response, key.as_deref());
        let subject = Subject::of_response(&integration.id, response.id.as_deref());
        for rule in RULES {
            if let Find::Response(find) = rule.find {
                find(&view, &mut Report::new(rule, &subject, findings));
            }
        }
        for (key, text) in &response.templates {
            let known = self.templates.get(key, text, look_at_template);
            findings.extend(known.iter().map(|finding| finding.about(&subject)));
        }
    }

    /// Adds what is wrong with a response of an HTTP API: that it is there.
    pub fn response_of_http_api(
        &self,
        integration: &IntegrationContext,
        response: &IntegrationResponseFacts,
        findings: &mut Vec<Finding>,
    ) {
        let subject = Subject::of_response(&integration.id, response.id.as_deref());
        for rule in RULES {
            if let Find::HttpResponse(find) = rule.find {
                find(response, &mut Report::new(rule, &subject, findings));
            }
        }
    }

    /// Adds what is wrong with the responses of an integration together.
    ///
    /// `is_complete` tells that there are no others: where that is not known, absence is no fault.
    pub fn responses(
        &self,
        integration: &IntegrationContext,
        responses: &[ListedResponse],
        is_complete: bool,
        findings: &mut Vec<Finding>,
    ) {
        let keys: Vec<Option<Arc<KnownKey>>> = responses
            .iter()
            .map(|response| Some(self.keys.get(response.key.as_deref()?)))
            .collect();
        let view = KeysView { integration, is_complete, responses, keys };
        let subject = Subject::of_integration(&integration.id);
        for rule in RULES {
            if let Find::Responses(find) = rule.find {
                find(&view, &mut Report::new(rule, &subject, findings));
            }
        }
    }

    /// Adds what is wrong with a route of a WebSocket API.
    pub fn route(&self, route: &RouteFacts, findings: &mut Vec<Finding>) {
        let subject = Subject::of_route(&route.id);
        for rule in RULES {
            if let Find::Route(find) = rule.find {
                find(route, &mut Report::new(rule, &subject, findings));
            }
        }
    }

    /// What [`Checker::responses`] needs of a response.
    #[must_use]
    pub fn listed(&self, response: &IntegrationResponseFacts) -> ListedResponse {
        ListedResponse {
            id: response.id.as_deref().map(Into::into),
            key: response.key.as_deref().map(|key| Arc::clone(&self.keys.get(key).text)),
        }
    }
}

/// What is wrong with a template, wherever it stands.
fn look_at_template(key: &str, text: &str) -> Vec<Finding> {
    let view = TemplateView::new(key, text);
    let subject = Subject::default();
    let mut findings = Vec::new();
    for rule in RULES {
        if let Find::Template(find) = rule.find {
            find(&view, &mut Report::new(rule, &subject, &mut findings));
        }
    }
    findings
}
