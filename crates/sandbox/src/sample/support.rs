//! Support: chat between customers and agents, and its search.

use super::responses::{BINARY, HTTP, LAMBDA, MOCK, SERVICE};
use super::spec::{Api, Backend, Reply, integration, on};

/// Where customers chat with agents; deployed in two regions.
pub(super) const DESK: Api = Api {
    name: "support-desk-chat",
    description: Some("Chat between customers and agents"),
    websocket: true,
    created: "2025-06-17T10:00:00Z",
    tags: Some(&[("team", "Support, Tier 2"), ("Environment", "staging")]),
    integrations: &[
        integration("join", Backend::LambdaProxy("desk-join"), &[]),
        integration("message", Backend::Lambda("desk-message"), &[LAMBDA]),
        integration("translate", Backend::Lambda("desk-translate"), &[LAMBDA]),
        integration(
            "attachment",
            Backend::Http("GET", "https://files.support.example.com/attachment"),
            &[BINARY],
        ),
        integration(
            "customer",
            Backend::Http("GET", "https://crm.example.com/customers"),
            &[
                HTTP,
                &[on("/402/")
                    .maps(&[(
                        "method.response.header.X-Api-Key",
                        "'sandbox-example-key-6f1e2d3c4b5a69788796'",
                    )])
                    .renders(&[(
                        "$default",
                        r#"{"error": "unpaid", "access_token": "sandbox-example-key-6f1e2d3c4b5a69788796"}"#,
                    )])
                    .by("\\$default")
                    .wrong(&[
                        ("RP-SECRET", "a static value that looks like an API key"),
                        ("RT-SECRET", "a template that holds what looks like a token"),
                    ])],
            ],
        ),
        integration("transcript", Backend::Service("states:action/StartExecution"), &[SERVICE]),
        integration("ping", Backend::Mock, &[MOCK]),
    ],
    routes: &[
        ("$connect", "join", Reply::TwoWay),
        ("$disconnect", "join", Reply::OneWay),
        ("$default", "ping", Reply::TwoWay),
        ("message", "message", Reply::TwoWay),
        ("translate", "translate", Reply::TwoWay),
        ("attachment", "attachment", Reply::TwoWay),
        ("customer", "customer", Reply::TwoWay),
        ("transcript", "transcript", Reply::TwoWay),
    ],
    stages: &[("staging", &[("team", "Support, Tier 2")]), ("load-test", &[])],
    authorizers: &["desk-session", "agent-session"],
    models: &[("Message", r#"{"type": "object", "required": ["text"]}"#)],
};

/// Who is at the desk.
pub(super) const PRESENCE: Api = Api {
    name: "agent-presence",
    description: None,
    websocket: true,
    created: "2025-08-01T07:45:12Z",
    tags: None,
    integrations: &[
        integration("hello", Backend::Lambda("presence-hello"), &[LAMBDA]),
        integration("roster", Backend::Http("GET", "https://roster.example.com/today"), &[HTTP]),
        integration("status", Backend::Service("dynamodb:action/UpdateItem"), &[SERVICE]),
        integration("ping", Backend::Mock, &[MOCK]),
    ],
    routes: &[
        ("$connect", "hello", Reply::TwoWay),
        ("$default", "ping", Reply::TwoWay),
        ("roster", "roster", Reply::TwoWay),
        ("status", "status", Reply::TwoWay),
    ],
    stages: &[("staging", &[])],
    authorizers: &[],
    models: &[],
};

/// What German-speaking customers are told, with a name that is not ASCII.
pub(super) const NOTICES: Api = Api {
    name: "Benachrichtigungen für Kund:innen",
    description: Some("Störungen, Wartungen, Rückrufe"),
    websocket: true,
    created: "2026-01-09T12:12:12Z",
    tags: Some(&[("Team", "Kundendienst – Süd"), ("näher", "ja, bitte")]),
    integrations: &[
        integration("anmelden", Backend::LambdaProxy("notices-connect"), &[]),
        integration(
            "abonnieren",
            Backend::Lambda("notices-subscribe"),
            &[
                LAMBDA,
                &[on("/.*Wartung läuft.*/")
                    .renders(&[("$default", r#"{"hinweis": "Wartung läuft"}"#)])],
            ],
        ),
        integration(
            "störungen",
            Backend::Http("GET", "https://status.example.de/aktuell"),
            &[HTTP],
        ),
        integration("ping", Backend::Mock, &[MOCK]),
    ],
    routes: &[
        ("$connect", "anmelden", Reply::TwoWay),
        ("$default", "ping", Reply::TwoWay),
        ("abonnieren", "abonnieren", Reply::TwoWay),
        ("störungen", "störungen", Reply::TwoWay),
    ],
    stages: &[("test", &[])],
    authorizers: &[],
    models: &[("Störung", r#"{"type": "object"}"#)],
};

/// Articles for customers and agents.
pub(super) const KNOWLEDGE: Api = Api {
    name: "knowledge-base",
    description: Some("Articles for customers and agents"),
    websocket: false,
    created: "2025-06-18T14:22:08Z",
    tags: Some(&[("team", "Support, Tier 1")]),
    integrations: &[
        integration(
            "articles",
            Backend::HttpProxy("GET", "https://kb.example.com/articles/{id}"),
            &[],
        ),
        integration("feedback", Backend::LambdaProxy("kb-feedback"), &[]),
    ],
    routes: &[
        ("GET /articles/{id}", "articles", Reply::OneWay),
        ("POST /articles/{id}/feedback", "feedback", Reply::OneWay),
    ],
    stages: &[("$default", &[])],
    authorizers: &[],
    models: &[],
};

/// Search over tickets.
pub(super) const TICKETS: Api = Api {
    name: "ticket-search",
    description: None,
    websocket: false,
    created: "2025-10-30T17:03:54Z",
    tags: Some(&[("team", "Support, Tier 2"), ("region", "eu-west-1")]),
    integrations: &[integration("search", Backend::LambdaProxy("ticket-search"), &[])],
    routes: &[("GET /tickets", "search", Reply::OneWay)],
    stages: &[("$default", &[("team", "Search")])],
    authorizers: &["agent-jwt"],
    models: &[],
};
