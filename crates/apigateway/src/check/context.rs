//! An integration and its routes, as far as rules about its responses look at them.

use super::facts::{ApiFacts, IntegrationFacts, RouteFacts};
use crate::simulate::{IntegrationKind, is_lambda};

/// An integration, small enough to be kept for every response that is still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationContext {
    /// `integrationId`.
    pub id: Box<str>,
    /// Its type; `None` where that is not known.
    pub kind: Option<IntegrationKind>,
    /// Whether it invokes a Lambda function with mappings; `None` where that is not known.
    pub is_lambda: Option<bool>,
    /// Its routes; `None` where routes are not known.
    pub routing: Option<Routing>,
}

/// What the routes that target an integration say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Routing {
    /// Whether there is one.
    pub is_routed: bool,
    /// Whether one of them is two-way; `None` where that is not known.
    pub is_two_way: Option<bool>,
    /// Whether `$connect` is among them: the answer opens or refuses a connection.
    pub answers_connect: bool,
}

impl Routing {
    /// That of an integration to which no route leads.
    pub const NONE: Self =
        Self { is_routed: false, is_two_way: Some(false), answers_connect: false };

    /// Takes one more route that targets the integration.
    pub fn add(&mut self, route: &RouteFacts) {
        self.is_routed = true;
        self.answers_connect |= route.key == "$connect";
        self.is_two_way = match (self.is_two_way, route.has_default_response()) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, _) | (_, None) => None,
            (Some(false), Some(false)) => Some(false),
        };
    }
}

impl IntegrationContext {
    /// That of an integration of an API whose routes are known or not.
    pub(super) fn new(api: &ApiFacts, facts: &IntegrationFacts) -> Self {
        let target = format!("integrations/{}", facts.id);
        let routing = api.routes.as_ref().map(|routes| {
            let mut routing = Routing::NONE;
            let targeting = routes.iter().filter(|route| route.target.as_deref() == Some(&target));
            targeting.for_each(|route| routing.add(route));
            routing
        });
        Self::of_type(&facts.id, facts.kind.as_deref(), facts.uri.as_deref(), routing)
    }

    /// That of an integration with these members of AWS.
    #[must_use]
    pub fn of_type(
        id: &str,
        kind: Option<&str>,
        uri: Option<&str>,
        routing: Option<Routing>,
    ) -> Self {
        let kind = kind.map(IntegrationKind::parse);
        let is_lambda = match kind {
            Some(IntegrationKind::Aws) => is_lambda(uri),
            Some(_) => Some(false),
            None => None,
        };
        Self { id: id.into(), kind, is_lambda, routing }
    }

    /// Whether mappings do not apply; `None` where the type is not known.
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

    /// Whether a route is known to target it.
    pub(crate) fn is_routed(&self) -> bool {
        self.routing.is_some_and(|routing| routing.is_routed)
    }

    /// Whether a two-way route targets it; `None` where that is not known.
    pub(crate) fn is_two_way(&self) -> Option<bool> {
        self.routing?.is_two_way
    }

    /// Whether `$connect` is known to target it.
    pub(crate) fn answers_connect(&self) -> bool {
        self.routing.is_some_and(|routing| routing.answers_connect)
    }
}
