//! What the simulator is given.

use serde_json::{Map as JsonMap, Value as Json};
use std::collections::BTreeMap;

/// One message and all that decides over its answer.
#[derive(Debug, Clone, Default)]
pub struct Simulation {
    /// The integration that was called.
    pub integration: Integration,
    /// Its responses, in the order collected.
    pub responses: Vec<IntegrationResponse>,
    /// The route that the message took.
    pub route: Route,
    /// What the backend did.
    pub backend: Backend,
    /// The message of the client.
    pub request_body: String,
    /// `$context`.
    pub context: JsonMap<String, Json>,
    /// `$stageVariables`.
    pub stage_variables: BTreeMap<String, String>,
}

/// An integration.
#[derive(Debug, Clone, Default)]
pub struct Integration {
    /// `integrationType`.
    pub kind: IntegrationKind,
    /// `integrationUri`.
    pub uri: Option<String>,
    /// `integrationResponseSelectionExpression`, as AWS returns it.
    pub response_selection_expression: Option<String>,
    /// `requestTemplates`; those of a MOCK integration decide over its status.
    pub request_templates: Vec<(String, String)>,
    /// `templateSelectionExpression` of the request.
    pub template_selection_expression: Option<String>,
}

/// The type of an integration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum IntegrationKind {
    /// `AWS`: a Lambda function or another service, with mappings.
    Aws,
    /// `AWS_PROXY`: a Lambda function, without mappings.
    AwsProxy,
    /// `HTTP`.
    Http,
    /// `HTTP_PROXY`, private integrations included.
    HttpProxy,
    /// `MOCK`.
    #[default]
    Mock,
    /// A type that is not known.
    Other(String),
}

impl IntegrationKind {
    /// Reads the value of `integrationType`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "AWS" => Self::Aws,
            "AWS_PROXY" => Self::AwsProxy,
            "HTTP" => Self::Http,
            "HTTP_PROXY" => Self::HttpProxy,
            "MOCK" => Self::Mock,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Whether the backend's answer is passed on as it is: "There is no integration response" (API Gateway Developer
    /// Guide, WebSocket integration responses).
    #[must_use]
    pub fn is_proxy(&self) -> bool {
        matches!(self, Self::AwsProxy | Self::HttpProxy)
    }

    /// Whether responses are selected by status code.
    #[must_use]
    pub fn selects_by_status(&self) -> bool {
        matches!(self, Self::Http | Self::Mock)
    }
}

/// An integration response.
#[derive(Debug, Clone, Default)]
pub struct IntegrationResponse {
    /// `integrationResponseId`.
    pub id: String,
    /// `integrationResponseKey`.
    pub key: String,
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
pub struct Route {
    /// `routeKey`.
    pub key: String,
    /// `routeResponseSelectionExpression`.
    pub response_selection_expression: Option<String>,
    /// Whether the route has a route response `$default`.
    pub has_default_response: bool,
    /// Whether nothing is known of routes, so that one that answers is supposed.
    pub is_supposed: bool,
}

/// What a backend did.
#[derive(Debug, Clone)]
pub enum Backend {
    /// It answered.
    Answer(Answer),
    /// A Lambda function failed with a message.
    Failure {
        /// `errorMessage`.
        message: String,
    },
    /// It could not be reached.
    Unreachable,
    /// It did not answer in time (29 seconds at most).
    TimedOut,
}

impl Default for Backend {
    fn default() -> Self {
        Self::Answer(Answer::default())
    }
}

/// An answer of a backend.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Headers in order; a name may come twice.
    pub headers: Vec<(String, String)>,
    /// The payload.
    pub body: Vec<u8>,
    /// Whether the payload is binary: WebSocket APIs have no binary media types to decide it.
    pub is_binary: bool,
}

impl Default for Answer {
    fn default() -> Self {
        Self { status: 200, headers: Vec::new(), body: Vec::new(), is_binary: false }
    }
}

impl Answer {
    /// The payload as text; bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
