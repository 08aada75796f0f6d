//! Checks the configuration of integration responses against the rules of [`crate::rules`].

mod facts;
mod report;
mod view;

pub use facts::{
    ApiFacts, IntegrationFacts, IntegrationResponseFacts, RouteFacts, RouteResponseFacts,
};
pub(crate) use report::Report;
pub use report::{Finding, Severity, Subject};
pub(crate) use view::{IntegrationView, ResponseView};

use crate::rules::{Find, RULES, Rule};

/// The findings about one API, in the order of its integrations and responses.
///
/// What is not known (`None`) produces no finding.
#[must_use]
pub fn check(api: &ApiFacts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_http = api.protocol.as_deref() == Some("HTTP");
    let mut run = |rule: &'static Rule, subject: Subject, find: &dyn Fn(&mut Report<'_>)| {
        find(&mut Report::new(rule, subject, &mut findings));
    };
    for rule in RULES {
        match rule.find {
            Find::HttpApi(find) if is_http => {
                run(rule, Subject::default(), &|report| find(api, report));
            }
            Find::Api(find) if !is_http => {
                run(rule, Subject::default(), &|report| find(api, report));
            }
            _ => {}
        }
    }
    if is_http {
        return findings;
    }
    for integration in &api.integrations {
        let view = IntegrationView::new(api, integration);
        for rule in RULES {
            if let Find::Integration(find) = rule.find {
                run(rule, Subject::of_integration(&integration.id), &|report| find(&view, report));
            }
        }
        for response in integration.responses.iter().flatten() {
            let view = ResponseView::new(&view, response);
            let subject = Subject::of_response(&integration.id, response.id.as_deref());
            for rule in RULES {
                if let Find::Response(find) = rule.find {
                    run(rule, subject.clone(), &|report| find(&view, report));
                }
            }
        }
    }
    findings
}
