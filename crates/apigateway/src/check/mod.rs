//! Checks the configuration of integration responses against the rules of [`crate::rules`].

mod checker;
mod context;
mod facts;
mod known_key;
mod known_template;
mod report;
mod view;

pub use checker::{Checker, ListedResponse};
pub use context::{IntegrationContext, Routing};
pub use facts::{
    ApiFacts, IntegrationFacts, IntegrationResponseFacts, RouteFacts, RouteResponseFacts,
};
pub use known_key::KnownKey;
pub(crate) use report::Report;
pub use report::{Finding, Severity, Subject};
pub(crate) use view::{KeysView, ResponseView, TemplateView, template_path};

/// The findings about one API, in the order of its integrations and responses.
///
/// What is not known (`None`) produces no finding.
#[must_use]
pub fn check(api: &ApiFacts) -> Vec<Finding> {
    let checker = Checker::default();
    let mut findings = Vec::new();
    let is_http = api.protocol.as_deref() == Some("HTTP");
    if !is_http {
        for route in api.routes.iter().flatten() {
            checker.route(route, &mut findings);
        }
    }
    for facts in &api.integrations {
        let integration = IntegrationContext::new(api, facts);
        for response in facts.responses.iter().flatten() {
            if is_http {
                checker.response_of_http_api(&integration, response, &mut findings);
            } else {
                checker.response(&integration, response, &mut findings);
            }
        }
        if let (Some(responses), false) = (&facts.responses, is_http) {
            let listed: Vec<ListedResponse> =
                responses.iter().map(|response| checker.listed(response)).collect();
            checker.responses(&integration, &listed, true, &mut findings);
        }
    }
    findings
}
