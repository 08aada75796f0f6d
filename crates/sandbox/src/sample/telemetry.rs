//! Telemetry of vehicles. The faulty rows are about templates and content handling.

use super::responses::{BINARY, HTTP, LAMBDA, MOCK, SERVICE};
use super::spec::{Api, Backend, Reply, integration, on};

/// Where vehicles report.
pub(super) const FLEET: Api = Api {
    name: "fleet-telemetry",
    description: Some("Positions, diagnostics and commands of delivery vehicles"),
    websocket: true,
    created: "2024-12-05T22:10:33Z",
    tags: Some(&[("team", "Fleet"), ("cost centre", "ANZ 12")]),
    integrations: &[
        integration("connect", Backend::LambdaProxy("fleet-connect"), &[]),
        integration("position", Backend::Service("kinesis:action/PutRecord"), &[SERVICE]),
        integration("command", Backend::Lambda("fleet-command"), &[LAMBDA]),
        integration("firmware", Backend::Http("GET", "https://firmware.example.com.au/chunk"), &[BINARY, &[
            on("/206/").converts("CONVERT_TO_JSON").wrong(&[("CH-ENUM", "no such strategy")]),
            on("/207/")
                .converts("CONVERT_TO_BINARY")
                .renders(&[("$default", r#"{"chunk": $input.json('$.chunk')}"#)])
                .wrong(&[("CH-BINARY-TEMPLATE", "bytes cannot go through a template")]),
        ]]),
        integration("diagnose", Backend::Http("POST", "https://diagnostics.example.com.au/run"), &[HTTP, &[
            on("/300/")
                .renders(&[("$default", r##"{"codes": [#foreach($code in $input.path('$.codes'))"x"#if($foreach.hasNext),#end]}"##)])
                .wrong(&[("RT-SYNTAX", "the #foreach has no #end")]),
            on("/301/")
                .renders(&[("$default", "#macro(code)x#end#code()")])
                .wrong(&[("RT-UNSUPPORTED", "#macro prints as text")]),
            on("/302/")
                .renders(&[("$default", r#"{"vehicle": "$input.params('vehicle')"}"#)])
                .wrong(&[("RT-VARIABLE", "$input.params is not documented for WebSocket APIs")]),
            on("/303/")
                .renders(&[("$default", "#set($context.responseOverride.status = 400)#set($context.responseOverride.status = 500){}")])
                .wrong(&[
                    ("RT-OVERRIDE-TWICE", "the status is overridden twice"),
                    ("RT-VARIABLE", "overrides are not documented for WebSocket APIs"),
                ]),
            on("/304/")
                .renders(&[("$default", r#"{"report": "$input.path('$.report')"}"#)])
                .wrong(&[("RT-MAP-PRINT", "an object prints as a Java map, not as JSON")]),
        ]]),
        integration("ping", Backend::Mock, &[MOCK]),
    ],
    routes: &[
        ("$connect", "connect", Reply::TwoWay),
        ("$disconnect", "connect", Reply::OneWay),
        ("$default", "ping", Reply::TwoWay),
        ("position", "position", Reply::TwoWay),
        ("command", "command", Reply::TwoWay),
        ("firmware", "firmware", Reply::TwoWay),
        ("diagnose", "diagnose", Reply::TwoWay),
    ],
    stages: &[("fleet", &[("team", "Fleet")])],
    authorizers: &["vehicle-certificate"],
    models: &[("Position", r#"{"type": "object", "required": ["vehicle", "lat", "lon"]}"#)],
};
