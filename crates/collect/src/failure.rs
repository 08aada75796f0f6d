//! What went wrong with a call, told apart by what follows from it.

use crate::xml::Leaves;
use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// What follows from a failed call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Access was denied; another attempt would be, too.
    Denied,
    /// The quota is used up; later it may work.
    Throttled,
    /// The credentials have run out; fresh ones may work.
    Expired,
    /// What was to be listed under no longer exists.
    Gone,
    /// The service does not accept the request as it is.
    Rejected,
    /// The service failed, broke off or answered nonsense; another attempt may work.
    Unavailable,
    /// No connection came about.
    Unreachable,
    /// A connection came about, and no answer in time.
    Unanswered,
    /// Anything that another attempt would not change.
    Refused,
}

/// A failed call, in AWS's words where it had any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What follows from it.
    pub kind: FailureKind,
    /// AWS's name of the error, for example `AccessDeniedException`.
    pub code: Option<String>,
    /// AWS's sentence, or ours where it had none.
    pub message: String,
    /// How long the service asked to wait.
    pub retry_after: Option<Duration>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} ({code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// Returns a failure without a name.
    pub(crate) fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        let message = one_line(&message.into());
        Self { kind, code: None, message, retry_after: None }
    }

    /// Gives it a name.
    pub(crate) fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Reads the error out of an answer of a REST-JSON service.
    ///
    /// The name is in the header `x-amzn-errortype`, or in `__type` or `code` (AWS restJson1 protocol).
    pub(crate) fn of_json(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let body: Option<Value> = serde_json::from_slice(body).ok().filter(Value::is_object);
        let member = |name: &str| body.as_ref()?.get(name)?.as_str();
        let header = headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok());
        let code = header.or_else(|| member("__type")).or_else(|| member("code")).map(bare_name);
        let message = ["message", "Message", "errorMessage"].into_iter().find_map(member);
        let is_json = body.is_some();
        Self::of(status, headers, code, message, is_json)
    }

    /// Reads the error out of an answer of a service that speaks XML (AWS query and EC2 protocols).
    pub(crate) fn of_xml(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let leaves = Leaves::read(body);
        let leaf = |name| leaves.as_ref()?.text(name);
        let code = leaf("Code");
        Self::of(status, headers, code, leaf("Message"), code.is_some())
    }

    /// Reads a failure out of an answer whose name and sentence are known.
    pub(crate) fn of(
        status: StatusCode,
        headers: &HeaderMap,
        code: Option<&str>,
        message: Option<&str>,
        is_understood: bool,
    ) -> Self {
        let retry_after = headers.get(RETRY_AFTER).and_then(|value| wait(value.to_str().ok()?));
        let message = match message {
            Some(message) if !message.trim().is_empty() => one_line(message),
            _ if is_understood => format!("HTTP status {status}"),
            _ => format!("HTTP status {status} with an answer that is not the service's"),
        };
        Self {
            kind: kind(status, code, is_understood),
            code: code.map(one_line),
            message,
            retry_after,
        }
    }
}

impl Failure {
    /// Says that it asks for a longer wait than anybody waits, where it does.
    pub(crate) fn too_long_to_wait(mut self, longest: Duration) -> Self {
        if let Some(wait) = self.retry_after.filter(|wait| *wait > longest) {
            let asked = format!(", and to wait {} s was asked for", wait.as_secs());
            self.message.push_str(&asked);
        }
        self
    }
}

/// Reads how long to wait: seconds, or a moment (RFC 9110, section 10.2.3); some services send parts of seconds.
fn wait(text: &str) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        let longest = Duration::from_secs(u64::from(u32::MAX));
        // Longer than anybody lives, and no duration any more.
        return match Duration::try_from_secs_f64(seconds) {
            Ok(wait) => Some(wait.min(longest)),
            Err(_) => (seconds > 0.0).then_some(longest),
        };
    }
    let moment = DateTime::parse_from_rfc2822(text).ok()?;
    Some((moment.to_utc() - Utc::now()).to_std().unwrap_or_default())
}

/// Returns words of others as one line of bearable length that no terminal takes for a command.
pub(crate) fn one_line(text: &str) -> String {
    /// AWS's longest sentences, about permissions, stay below it.
    const LONGEST: usize = 1000;
    let is_break = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<&str> = text.split(is_break).filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Cuts a name down to what the SDKs call it: `com.amazonaws#Name:http://…` → `Name`.
fn bare_name(name: &str) -> &str {
    let name = name.split_once(':').map_or(name, |(name, _)| name);
    name.rsplit_once('#').map_or(name, |(_, name)| name).trim()
}

/// Names that mean "slow down" whatever the status (botocore, `_retry.json`).
const THROTTLES: [&str; 10] = [
    "TooManyRequestsException",
    "LimitExceededException",
    "ThrottlingException",
    "ThrottledException",
    "Throttling",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "SlowDown",
];

const EXPIRED: [&str; 3] = ["ExpiredTokenException", "ExpiredToken", "TokenRefreshRequired"];

fn kind(status: StatusCode, code: Option<&str>, is_understood: bool) -> FailureKind {
    let is_one_of = |names: &[&str]| code.is_some_and(|code| names.contains(&code));
    if status == StatusCode::TOO_MANY_REQUESTS || is_one_of(&THROTTLES) {
        return FailureKind::Throttled;
    }
    if is_one_of(&EXPIRED) {
        return FailureKind::Expired;
    }
    match status {
        // A proxy's page says nothing of what AWS would allow.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN if is_understood || code.is_some() => {
            FailureKind::Denied
        }
        StatusCode::BAD_REQUEST if code.is_some_and(|code| code.starts_with("AccessDenied")) => {
            FailureKind::Denied
        }
        // Only the service itself knows that a parent is gone; a proxy's or a stranger's page does not.
        StatusCode::NOT_FOUND if is_understood && code == Some("NotFoundException") => {
            FailureKind::Gone
        }
        StatusCode::BAD_REQUEST => FailureKind::Rejected,
        StatusCode::REQUEST_TIMEOUT => FailureKind::Unavailable,
        status if status.is_server_error() => FailureKind::Unavailable,
        _ => FailureKind::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(status: u16, header: Option<&str>, body: &str) -> Failure {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert("x-amzn-errortype", header.parse().unwrap());
        }
        Failure::of_json(StatusCode::from_u16(status).unwrap(), &headers, body.as_bytes())
    }

    #[test]
    fn name_comes_from_header_or_body() {
        let headed = failure(404, Some("NotFoundException:http://x/"), r#"{"message":"gone"}"#);
        let typed =
            failure(404, None, r#"{"__type":"com.amazonaws#NotFoundException","message":"gone"}"#);
        assert_eq!(headed, typed);
        assert_eq!(
            (headed.kind, headed.to_string().as_str()),
            (FailureKind::Gone, "gone (NotFoundException)")
        );
    }

    #[test]
    fn not_found_in_html_is_not_gone() {
        assert_eq!(failure(404, None, "<html>").kind, FailureKind::Refused);
        assert_eq!(failure(404, None, "{}").kind, FailureKind::Refused);
        assert_eq!(failure(404, Some("NotFoundException"), "<html>").kind, FailureKind::Refused);
    }

    #[test]
    fn any_429_and_any_throttling_name_is_throttling() {
        assert_eq!(failure(429, None, "").kind, FailureKind::Throttled);
        assert_eq!(failure(400, Some("ThrottlingException"), "{}").kind, FailureKind::Throttled);
        assert_eq!(failure(429, Some("LimitExceededException"), "{}").kind, FailureKind::Throttled);
    }

    #[test]
    fn expired_credentials_are_told_from_denied_access() {
        assert_eq!(failure(403, Some("ExpiredTokenException"), "{}").kind, FailureKind::Expired);
        assert_eq!(failure(403, Some("AccessDeniedException"), "{}").kind, FailureKind::Denied);
    }

    #[test]
    fn a_page_of_a_proxy_denies_nothing() {
        let page = failure(403, None, "<html>");
        assert_eq!(page.kind, FailureKind::Refused);
        assert!(page.message.ends_with("with an answer that is not the service's"));
        assert_eq!(failure(403, Some("AccessDeniedException"), "").kind, FailureKind::Denied);
    }

    #[test]
    fn words_of_others_become_one_line() {
        let told = failure(500, None, "{\"message\":\"a\\n\\u001b[2Jb\\tc \"}");
        assert_eq!(told.message, "a [2Jb c");
        assert_eq!(one_line(&"é".repeat(2000)).chars().count(), 1001);
    }

    #[test]
    fn retry_after_is_seconds_or_a_moment() {
        assert_eq!(wait("7"), Some(Duration::from_secs(7)));
        assert_eq!(wait(" 0.5 "), Some(Duration::from_millis(500)));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        let soon = (Utc::now() + Duration::from_secs(90)).to_rfc2822();
        assert!(wait(&soon).is_some_and(|wait| wait > Duration::from_mins(1)));
        assert!(wait("1e300").is_some_and(|wait| wait > Duration::from_hours(24)));
        for text in ["", "-1", "NaN", "soon"] {
            assert_eq!(wait(text), None, "{text}");
        }
    }
}
