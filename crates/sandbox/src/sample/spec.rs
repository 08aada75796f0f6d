//! The shape of the sample's tables.

/// Names and values.
pub(super) type Pairs = &'static [(&'static str, &'static str)];

/// Rule ids, and what is wrong in words.
pub(super) type Faults = &'static [(&'static str, &'static str)];

/// An integration response.
#[derive(Clone, Copy)]
pub(super) struct Response {
    pub(super) key: &'static str,
    pub(super) parameters: Option<Pairs>,
    pub(super) templates: Option<Pairs>,
    pub(super) selection: Option<&'static str>,
    pub(super) conversion: Option<&'static str>,
    pub(super) faults: Faults,
}

/// Begins the response that a key selects.
pub(super) const fn on(key: &'static str) -> Response {
    Response {
        key,
        parameters: None,
        templates: None,
        selection: None,
        conversion: None,
        faults: &[],
    }
}

impl Response {
    /// Maps parameters; full keys.
    pub(super) const fn maps(mut self, parameters: Pairs) -> Self {
        self.parameters = Some(parameters);
        self
    }

    /// Renders templates by content type or name.
    pub(super) const fn renders(mut self, templates: Pairs) -> Self {
        self.templates = Some(templates);
        self
    }

    /// Selects the template by an expression.
    pub(super) const fn by(mut self, expression: &'static str) -> Self {
        self.selection = Some(expression);
        self
    }

    /// Converts the payload.
    pub(super) const fn converts(mut self, strategy: &'static str) -> Self {
        self.conversion = Some(strategy);
        self
    }

    /// Says what is wrong with it.
    pub(super) const fn wrong(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }
}

/// What an integration calls.
#[derive(Clone, Copy)]
pub(super) enum Backend {
    /// A Lambda function, non-proxy.
    Lambda(&'static str),
    /// A Lambda function, proxy.
    LambdaProxy(&'static str),
    /// A method and URL, non-proxy.
    Http(&'static str, &'static str),
    /// A method and URL, proxy.
    HttpProxy(&'static str, &'static str),
    /// Nothing; the request template says the status.
    Mock,
    /// Another AWS service's action, non-proxy, for example `sqs:path/queue`.
    Service(&'static str),
}

/// An integration with its responses, set after set.
pub(super) struct Integration {
    pub(super) name: &'static str,
    pub(super) backend: Backend,
    pub(super) responses: &'static [&'static [Response]],
    pub(super) faults: Faults,
}

/// Begins an integration; the name is the sample's own and says what for.
pub(super) const fn integration(
    name: &'static str,
    backend: Backend,
    responses: &'static [&'static [Response]],
) -> Integration {
    Integration { name, backend, responses, faults: &[] }
}

impl Integration {
    /// Says what is wrong with it.
    pub(super) const fn wrong(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }
}

/// Whether a route's client gets a frame back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    TwoWay,
    OneWay,
    /// The expression is there, the route response is not.
    ResponseMissing,
    /// The route response is there, the expression is not.
    ExpressionMissing,
}

/// A route key, the name of its integration, and whether it answers.
pub(super) type Route = (&'static str, &'static str, Reply);

/// An API.
pub(super) struct Api {
    pub(super) name: &'static str,
    pub(super) description: Option<&'static str>,
    pub(super) websocket: bool,
    pub(super) created: &'static str,
    /// AWS tags; `None` leaves the member out.
    pub(super) tags: Option<Pairs>,
    pub(super) integrations: &'static [Integration],
    pub(super) routes: &'static [Route],
    /// Stage names with their AWS tags.
    pub(super) stages: &'static [(&'static str, Pairs)],
    /// Names of Lambda authorizers (WebSocket) or JWT authorizers (HTTP).
    pub(super) authorizers: &'static [&'static str],
    /// Names and JSON schemas of models.
    pub(super) models: Pairs,
}
