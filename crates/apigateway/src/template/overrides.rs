//! What templates set in `$context.requestOverride` and `$context.responseOverride`.
//!
//! Source: API Gateway Developer Guide, "Use a mapping template to override an API's request and response parameters
//! and status codes"; not documented for WebSocket APIs.

use serde_json::{Map, Value as Json};

/// The override maps after a template.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overrides {
    /// `$context.requestOverride`: maps `path`, `querystring` and `header`.
    pub request: Map<String, Json>,
    /// `$context.responseOverride`: `status` and the map `header`.
    pub response: Map<String, Json>,
}

impl Overrides {
    /// The status that was set, where it is an integer from 100 to 599; AWS ignores others (an emulator's reading).
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        let status: u16 = match self.response.get("status")? {
            Json::Number(number) => number.as_u64()?.try_into().ok()?,
            Json::String(text) => text.trim().parse().ok()?,
            _ => return None,
        };
        (100..=599).contains(&status).then_some(status)
    }

    /// The headers that were set, in order; a list's values are joined with commas.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, String)> {
        let Some(Json::Object(headers)) = self.response.get("header") else { return Vec::new() };
        headers.iter().map(|(name, value)| (name.clone(), text(value))).collect()
    }

    /// Whether a template set anything that changes the response.
    #[must_use]
    pub fn changes_response(&self) -> bool {
        self.response.contains_key("status") || !self.headers().is_empty()
    }
}

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
