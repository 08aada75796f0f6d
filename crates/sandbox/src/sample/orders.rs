//! Orders: tracking of parcels. The faulty rows are about response parameters.

use super::responses::{BINARY, HTTP, LAMBDA, MOCK};
use super::spec::{Api, Backend, Reply, integration, on};

/// One character more than the 512 that a mapping may have, quotes included.
const TOO_LONG: &str = concat!(
    "'000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "'",
);

/// Where customers follow a parcel.
pub(super) const TRACKING: Api = Api {
    name: "order-tracking",
    description: Some("Tells customers where their parcel is"),
    websocket: true,
    created: "2023-05-30T13:27:45Z",
    tags: Some(&[
        ("team", "Logistics"),
        ("owner", "Zoë Müller-Ångström"),
        ("region", "global"),
        ("purpose", "track & trace, notifications"),
    ]),
    integrations: &[
        integration(
            "connect",
            Backend::LambdaProxy("orders-connect"),
            &[&[on("$default")
                .maps(&[("method.response.header.Sec-WebSocket-Protocol", "'parcel.v2'")])
                .wrong(&[(
                    "IR-INEFFECTIVE-PROXY",
                    "a proxy integration's answer is the whole payload",
                )])]],
        ),
        integration("follow", Backend::Lambda("orders-follow"), &[LAMBDA]),
        integration(
            "label",
            Backend::Http("GET", "https://labels.example.com/v2/label"),
            &[BINARY],
        ),
        integration(
            "history",
            Backend::Http("GET", "https://orders.example.com/history"),
            &[
                HTTP,
                &[
                    on("/301/")
                        .maps(&[(
                            "method.response.header.X-Status",
                            "integration.response.statuscode",
                        )])
                        .wrong(&[("RP-VALUE", "the status code cannot be mapped to a header")]),
                    on("/302/")
                        .maps(&[("method.response.header.Origin", "method.request.header.Origin")])
                        .wrong(&[(
                            "RP-VALUE",
                            "a request parameter is not available in a response",
                        )]),
                    on("/303/")
                        .maps(&[(
                            "method.response.header.X-Trace",
                            "integration.response.body.$.trace.id",
                        )])
                        .wrong(&[("RP-VALUE-DOLLAR", "the JSON expression has its $ prefix")]),
                    on("/304/")
                        .maps(&[("method.response.header.Access-Control-Allow-Origin", "*")])
                        .wrong(&[("RP-VALUE-UNQUOTED", "a static value without single quotes")]),
                ],
            ],
        ),
        integration(
            "depot",
            Backend::Http("GET", "https://depots.example.com/next"),
            &[&[
                on("$default"),
                on("/200/")
                    .maps(&[
                        ("method.response.header.X-Origin", "stageVariables.origin"),
                        (
                            "method.response.header.Set-Cookie",
                            "integration.response.multivalueheader.Set-Cookie",
                        ),
                        ("method.response.header.X-Trace", "context.requestId"),
                    ])
                    .wrong(&[
                        ("RP-VALUE-REST-ONLY", "a stage variable, documented for REST APIs only"),
                        (
                            "RP-VALUE-REST-ONLY",
                            "a multi-value header, documented for REST APIs only",
                        ),
                        ("RP-VALUE-REST-ONLY", "a context variable, documented for REST APIs only"),
                    ]),
                on("/201/")
                    .maps(&[
                        ("method.response.header.X-Note", "'it's on its way'"),
                        ("method.response.header.X-Empty", "''"),
                    ])
                    .wrong(&[
                        ("RP-VALUE-QUOTE", "a single quote inside a static value"),
                        ("RP-VALUE-QUOTE", "an empty static value"),
                    ]),
                on("/202/")
                    .maps(&[("method.response.header.X-Depot", TOO_LONG)])
                    .wrong(&[("RP-VALUE-LENGTH", "513 characters, one more than allowed")]),
                on("/203/")
                    .maps(&[
                        (
                            "method.response.header.X-Request-Id",
                            "integration.response.header.X-Request-Id",
                        ),
                        ("method.response.header.x-request-id", "'none'"),
                    ])
                    .wrong(&[("RP-DUPLICATE-CASE", "two headers that differ in case alone")]),
                on("/204/")
                    .maps(&[("overwrite:header.X-Depot", "'north'")])
                    .wrong(&[("RP-KEY", "the target is HTTP API syntax")]),
                on("/207/")
                    .maps(&[(
                        "method.response.header.Authorization",
                        "'Bearer sandbox-example-0123456789abcdef'",
                    )])
                    .wrong(&[("RP-SECRET", "a static value that looks like a bearer token")]),
            ]],
        ),
        integration("ping", Backend::Mock, &[MOCK]),
    ],
    routes: &[
        ("$connect", "connect", Reply::TwoWay),
        ("$disconnect", "connect", Reply::OneWay),
        ("$default", "ping", Reply::TwoWay),
        ("follow", "follow", Reply::TwoWay),
        ("label", "label", Reply::TwoWay),
        ("history", "history", Reply::TwoWay),
        ("depot", "depot", Reply::TwoWay),
    ],
    stages: &[("production", &[("team", "Logistics")]), ("beta", &[])],
    authorizers: &[],
    models: &[
        ("Follow", r#"{"type": "object", "required": ["parcel"]}"#),
        ("Position", r#"{"type": "object", "properties": {"lat": {"type": "number"}}}"#),
    ],
};
