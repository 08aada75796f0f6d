//! Trading: quotes and auctions. The faulty rows are about keys and template selection.

use super::responses::{HTTP, LAMBDA, MOCK, SERVICE};
use super::spec::{Api, Backend, Reply, integration, on};

/// Where prices are streamed.
pub(super) const FEED: Api = Api {
    name: "trading-feed",
    description: Some("Quotes, order entry and fills"),
    websocket: true,
    created: "2022-09-14T06:59:59Z",
    tags: Some(&[("team", "Markets, Equities"), ("Data Class", "Licensed"), ("市場", "東京")]),
    integrations: &[
        integration("connect", Backend::Lambda("feed-connect"), &[LAMBDA]),
        integration(
            "quote",
            Backend::Http("GET", "https://quotes.example.net/v3/quote"),
            &[
                HTTP,
                &[on("/.*halted.*/").wrong(&[(
                    "IR-KEY-TEXT-ON-STATUS",
                    "an HTTP integration is matched by its status, which is never text",
                )])],
            ],
        ),
        integration(
            "order",
            Backend::Lambda("feed-order"),
            &[
                LAMBDA,
                &[
                    on("/.*(rejected.*/").wrong(&[("IR-KEY-REGEX", "an unclosed group")]),
                    on("/Insufficient funds/").wrong(&[(
                        "IR-KEY-PARTIAL",
                        "the whole message has to match, and a message has more than this",
                    )]),
                    on("//").wrong(&[("IR-KEY-EMPTY-REGEX", "matches the empty message alone")]),
                ],
            ],
        ),
        integration("fills", Backend::Service("kinesis:action/GetRecords"), &[SERVICE]),
        integration(
            "halt",
            Backend::Http("GET", "https://quotes.example.net/v3/halts"),
            &[&[on("/2\\d\\d/"), on("/5\\d\\d/").renders(&[("$default", r#"{"halts": []}"#)])]],
        )
        .wrong(&[("IR-NO-DEFAULT", "no $default catches the other statuses")]),
        integration(
            "margin",
            Backend::Http("GET", "https://risk.example.net/margin"),
            &[&[on("$default"), on("200").wrong(&[("IR-KEY-FORMAT", "a key without slashes")])]],
        ),
        integration("depth", Backend::Http("GET", "https://quotes.example.net/v3/depth"), &[])
            .wrong(&[("IR-NONE", "a two-way route, and no integration response")]),
        integration("ping", Backend::Mock, &[MOCK]),
    ],
    routes: &[
        ("$connect", "connect", Reply::TwoWay),
        ("$default", "ping", Reply::TwoWay),
        ("quote", "quote", Reply::TwoWay),
        ("order", "order", Reply::TwoWay),
        ("fills", "fills", Reply::TwoWay),
        ("halt", "halt", Reply::TwoWay),
        ("margin", "margin", Reply::TwoWay),
        ("depth", "depth", Reply::TwoWay),
    ],
    stages: &[("live", &[("team", "Markets, Equities")]), ("replay", &[])],
    authorizers: &["market-data-licence"],
    models: &[("Order", r#"{"type": "object", "required": ["symbol", "side", "quantity"]}"#)],
};

/// Where lots are bid for.
pub(super) const AUCTION: Api = Api {
    name: "auction-bidding",
    description: Some("Bids on lots, and who leads"),
    websocket: true,
    created: "2025-02-28T19:30:00Z",
    tags: Some(&[("team", "auctions"), ("TEAM", "Auctions")]),
    integrations: &[
        integration("connect", Backend::LambdaProxy("auction-connect"), &[]),
        integration(
            "bid",
            Backend::Lambda("auction-bid"),
            &[
                LAMBDA,
                &[on("/.*/")
                    .wrong(&[("IR-KEY-CATCH-ALL", "also takes successful results from $default")])],
            ],
        ),
        integration(
            "lots",
            Backend::Http("GET", "https://lots.example.org/current"),
            &[HTTP, &[on("/2\\d\\d/").wrong(&[("IR-KEY-DUPLICATE", "the key is there twice")])]],
        ),
        integration(
            "leader",
            Backend::Http("GET", "https://lots.example.org/leader"),
            &[&[
                on("$default")
                    .renders(&[("$default", r#"{"leader": $input.json('$.name')}"#)])
                    .by("$default")
                    .wrong(&[(
                        "TSE-UNESCAPED-DEFAULT",
                        "the variable \"default\", not the text \\$default",
                    )]),
                on("/200/")
                    .renders(&[("$default", "$input.body")])
                    .by("${integration.response.body.kind}")
                    .wrong(&[(
                        "TSE-VARIABLE",
                        "the backend's body is not available to the expression",
                    )]),
                on("/201/")
                    .renders(&[("$default", "$input.body")])
                    .by("${request.body.kind")
                    .wrong(&[("TSE-SYNTAX", "an unclosed brace")]),
                on("/202/")
                    .renders(&[("application/json", "$input.body"), ("text/plain", "leads")])
                    .by("application/json")
                    .wrong(&[("RT-UNREACHABLE", "nothing selects the template \"text/plain\"")]),
                on("/203/")
                    .renders(&[("compact", "$input.body"), ("full", "$input.json('$')")])
                    .by("${request.body.format}")
                    .wrong(&[("RT-NO-DEFAULT", "no template for any other format")]),
            ]],
        ),
        integration("ping", Backend::Mock, &[MOCK]),
    ],
    routes: &[
        ("$connect", "connect", Reply::TwoWay),
        ("$default", "ping", Reply::TwoWay),
        ("bid", "bid", Reply::TwoWay),
        ("lots", "lots", Reply::TwoWay),
        ("leader", "leader", Reply::TwoWay),
        ("refresh", "lots", Reply::ResponseMissing),
        ("top", "leader", Reply::ExpressionMissing),
    ],
    stages: &[("prod", &[])],
    authorizers: &["bidder-session"],
    models: &[],
};
