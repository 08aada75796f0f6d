//! What the sandbox remembers of a request.

use std::time::SystemTime;

/// A request as it was received and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The 12-digit account of the signature; empty where it was refused.
    pub account: String,
    /// The region of the credential scope; empty where there is none.
    pub region: String,
    /// The signing name, for example `apigateway`; empty where there is none.
    pub service: String,
    /// The operation's name in AWS's model, for example `GetApis`; `Unknown` for any other path.
    pub operation: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The token of the page asked for; `None` for the first.
    pub page_token: Option<String>,
    /// The page size asked for, as sent.
    pub max_results: Option<String>,
    /// The HTTP status answered with; 0 where the connection was dropped instead.
    pub status: u16,
    /// The code of the error answered with.
    pub error_code: Option<String>,
    /// When the request had arrived whole, by the sandbox's clock.
    pub at: SystemTime,
}
