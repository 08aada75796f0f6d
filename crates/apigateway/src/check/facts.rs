//! What is known of an API; `None` stands for "not known" where a list could be empty.

/// An API with what belongs to it.
#[derive(Debug, Clone, Default)]
pub struct ApiFacts {
    /// `protocolType`: `WEBSOCKET` or `HTTP`.
    pub protocol: Option<String>,
    /// Its integrations.
    pub integrations: Vec<IntegrationFacts>,
    /// Its routes.
    pub routes: Option<Vec<RouteFacts>>,
}

/// An integration.
#[derive(Debug, Clone, Default)]
pub struct IntegrationFacts {
    /// `integrationId`.
    pub id: String,
    /// `integrationType`.
    pub kind: Option<String>,
    /// `integrationUri`.
    pub uri: Option<String>,
    /// Its integration responses, in the order collected.
    pub responses: Option<Vec<IntegrationResponseFacts>>,
}

/// An integration response; members that AWS leaves out are absent, not unknown.
#[derive(Debug, Clone, Default)]
pub struct IntegrationResponseFacts {
    /// `integrationResponseId`.
    pub id: Option<String>,
    /// `integrationResponseKey`; `None` where it is not known.
    pub key: Option<String>,
    /// `responseParameters`.
    pub parameters: Vec<(String, String)>,
    /// `responseTemplates`.
    pub templates: Vec<(String, String)>,
    /// `templateSelectionExpression`.
    pub template_selection_expression: Option<String>,
    /// `contentHandlingStrategy`.
    pub content_handling: Option<String>,
}

/// A route.
#[derive(Debug, Clone, Default)]
pub struct RouteFacts {
    /// `routeId`.
    pub id: String,
    /// `routeKey`.
    pub key: String,
    /// `target`, such as `integrations/abc123`.
    pub target: Option<String>,
    /// `routeResponseSelectionExpression`.
    pub response_selection_expression: Option<String>,
    /// Its route responses.
    pub responses: Option<Vec<RouteResponseFacts>>,
}

/// A route response.
#[derive(Debug, Clone, Default)]
pub struct RouteResponseFacts {
    /// `routeResponseKey`.
    pub key: String,
}

impl RouteFacts {
    /// Whether it has a route response `$default`; `None` where that is not known.
    #[must_use]
    pub fn has_default_response(&self) -> Option<bool> {
        let responses = self.responses.as_ref()?;
        Some(responses.iter().any(|response| response.key == "$default"))
    }

    /// Whether it selects a route response.
    #[must_use]
    pub fn selects_response(&self) -> bool {
        self.response_selection_expression
            .as_deref()
            .is_some_and(|expression| !expression.is_empty())
    }
}
