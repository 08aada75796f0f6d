//! Sets of integration responses that many integrations share, all without fault.

use super::spec::{Response, on};

const JSON_ERROR: &str = r#"{"error": {"message": $input.json('$.errorMessage'), "connection": "$context.connectionId", "request": "$context.requestId"}}"#;

/// What a Lambda function's errors are told apart by: its message, never a status.
pub(super) const LAMBDA: &[Response] = &[
    on("$default")
        .renders(&[("$default", r#"{"type": "ok", "data": $input.json('$')}"#)])
        .by("\\$default"),
    on("/.*Invalid input.*/")
        .maps(&[
            ("method.response.header.X-Error-Code", "'invalid_input'"),
            ("method.response.header.X-Error-Type", "integration.response.body.errorType"),
        ])
        .renders(&[("$default", JSON_ERROR)])
        .by("\\$default"),
    on("/.*[Nn]ot found.*/")
        .maps(&[("method.response.header.X-Error-Code", "'not_found'")])
        .renders(&[("$default", JSON_ERROR)]),
    on("/(?s).*Task timed out.*/").maps(&[("method.response.header.Retry-After", "'5'")]).renders(
        &[("$default", r#"{"error": {"message": "timeout", "at": $context.requestTimeEpoch}}"#)],
    ),
    on("/.*AccessDenied.*/").maps(&[]),
];

/// What an HTTP backend's statuses become.
pub(super) const HTTP: &[Response] = &[
    on("$default"),
    on("/2\\d\\d/")
        .maps(&[
            ("method.response.header.X-Request-Id", "integration.response.header.X-Request-Id"),
            ("method.response.header.Access-Control-Allow-Origin", "'https://app.example.com'"),
        ])
        .renders(&[("$default", "$input.body")]),
    on("/4\\d\\d/")
        .maps(&[("method.response.header.X-Error-Code", "integration.response.body.error.code")])
        .renders(&[
            ("$default", r#"{"error": $input.json('$.error')}"#),
            ("short", r#"{"error": "rejected"}"#),
        ])
        .by("${request.body.format}"),
    on("/5\\d\\d/")
        .maps(&[("method.response.header.Retry-After", "integration.response.header.Retry-After")])
        .renders(&[("application/json", r#"{"error": "upstream", "stage": "$context.stage"}"#)])
        .by("application/json"),
];

/// What a mock answers.
pub(super) const MOCK: &[Response] = &[
    on("$default")
        .renders(&[("$default", r#"{"type": "pong", "connectionId": "$context.connectionId"}"#)])
        .by("\\$default"),
    on("/200/").renders(&[("$default", r#"{"type": "pong"}"#)]),
];

/// What a queue, stream or table of AWS answers.
pub(super) const SERVICE: &[Response] = &[
    on("$default").renders(&[("$default", r#"{"accepted": true}"#)]),
    on("/4\\d\\d/")
        .renders(&[("$default", r#"{"accepted": false, "retry": false}"#)])
        .by("\\$default"),
    on("/5\\d\\d/").renders(&[("$default", r#"{"accepted": false, "retry": true}"#)]),
];

/// What a source of bytes (images, protocol buffers) answers.
pub(super) const BINARY: &[Response] = &[
    on("$default").converts("CONVERT_TO_TEXT"),
    on("/2\\d\\d/")
        .converts("CONVERT_TO_TEXT")
        .maps(&[("method.response.header.Content-Encoding", "'base64'")]),
    on("/404/").renders(&[("$default", r#"{"error": "no such object"}"#)]),
];
