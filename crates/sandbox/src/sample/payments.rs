//! Payments: live status over WebSocket, and the public HTTP APIs.

use super::responses::{HTTP, LAMBDA, MOCK, SERVICE};
use super::spec::{Api, Backend, Reply, integration, on};

const TEAM: super::spec::Pairs =
    &[("team", "Payments, Risk & Ledger"), ("Environment", "Production"), ("cost-centre", "4711")];

/// Where shops watch a payment go through; deployed in two regions.
pub(super) const LIVE_STATUS: Api = Api {
    name: "payments-live-status",
    description: Some("Pushes the state of a payment to the shop that waits for it"),
    websocket: true,
    created: "2024-03-11T09:14:07Z",
    tags: Some(TEAM),
    integrations: &[
        integration("connect", Backend::LambdaProxy("payments-connect"), &[]),
        integration("subscribe", Backend::Lambda("payments-subscribe"), &[LAMBDA]),
        integration(
            "refund",
            Backend::Http("POST", "https://ledger.payments.example.com/v1/refunds"),
            &[
                HTTP,
                &[on("/409/").maps(&[
                    (
                        "method.response.header.X-Refund-State",
                        "integration.response.body.refund.state",
                    ),
                    ("method.response.headers.X-Trace", "'refund'"),
                ])
                .wrong(&[("RP-KEY", "\"headers\" instead of \"header\" in the target")])],
            ],
        ),
        integration("audit", Backend::Service("sqs:path/payments-audit"), &[SERVICE]),
        integration("ping", Backend::Mock, &[MOCK]),
        integration(
            "capture",
            Backend::Lambda("payments-capture"),
            &[
                &[on("$default").renders(&[(
                    "$default",
                    r#"{"captured": $input.json('$.captured'), "currency": "$stageVariables.currency"}"#,
                )])],
                &[on("/4\\d\\d/")
                    .maps(&[("method.response.header.X-Error-Code", "'capture_refused'")])
                    .wrong(&[(
                        "IR-KEY-STATUS-ON-LAMBDA",
                        "a Lambda integration is matched by its error message, never by a status",
                    )])],
            ],
        ),
    ],
    routes: &[
        ("$connect", "connect", Reply::TwoWay),
        ("$disconnect", "connect", Reply::OneWay),
        ("$default", "ping", Reply::TwoWay),
        ("subscribe", "subscribe", Reply::TwoWay),
        ("refund", "refund", Reply::TwoWay),
        ("audit", "audit", Reply::TwoWay),
        ("capture", "capture", Reply::TwoWay),
    ],
    stages: &[
        ("prod", &[("team", "Payments, Risk & Ledger"), ("region", "eu-central-1")]),
        ("canary", &[]),
    ],
    authorizers: &["payments-session"],
    models: &[("Refund", r#"{"type": "object", "required": ["paymentId", "amount"]}"#)],
};

/// What merchants integrate with.
pub(super) const PUBLIC_API: Api = Api {
    name: "payments-public-api",
    description: Some("Merchants create and read payments"),
    websocket: false,
    created: "2023-11-02T16:40:00Z",
    tags: Some(&[("team", "Payments, Risk & Ledger"), ("Team", "payments-public")]),
    integrations: &[
        integration("payments", Backend::LambdaProxy("payments-api"), &[]),
        integration(
            "ledger",
            Backend::HttpProxy("ANY", "https://ledger.payments.example.com/{proxy}"),
            &[],
        ),
    ],
    routes: &[
        ("POST /payments", "payments", Reply::OneWay),
        ("GET /payments/{id}", "payments", Reply::OneWay),
        ("ANY /ledger/{proxy+}", "ledger", Reply::OneWay),
    ],
    stages: &[("$default", &[("Environment", "Production")])],
    authorizers: &["merchant-jwt"],
    models: &[],
};

/// Where card networks and banks call back.
pub(super) const WEBHOOKS: Api = Api {
    name: "merchant-webhooks",
    description: None,
    websocket: false,
    created: "2024-07-19T08:00:31Z",
    tags: Some(&[]),
    integrations: &[integration("deliver", Backend::LambdaProxy("webhook-deliver"), &[])],
    routes: &[("POST /hooks/{provider}", "deliver", Reply::OneWay)],
    stages: &[("$default", &[]), ("test", &[])],
    authorizers: &[],
    models: &[],
};

/// Scores of the risk model.
pub(super) const FRAUD_SIGNALS: Api = Api {
    name: "fraud-signals",
    description: Some("Scores a payment before it is captured"),
    websocket: false,
    created: "2025-01-23T11:05:59Z",
    tags: Some(&[("team", "Risk"), ("data class", "restricted: PII")]),
    integrations: &[
        integration("score", Backend::LambdaProxy("fraud-score"), &[]),
        integration("explain", Backend::LambdaProxy("fraud-explain"), &[]),
    ],
    routes: &[
        ("POST /score", "score", Reply::OneWay),
        ("GET /explain/{payment}", "explain", Reply::OneWay),
        ("$default", "score", Reply::OneWay),
    ],
    stages: &[("prod", &[("team", "Risk")])],
    authorizers: &["risk-jwt"],
    models: &[],
};
