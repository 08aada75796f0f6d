//! What a fault does to the answer of a call.

use crate::wire::{Answer, Cut, Refusal, Service};
use serde_json::Value;
use std::time::Duration;

/// What befalls a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// 403 `AccessDeniedException` that names caller, action and resource.
    Denied,
    /// 429 `TooManyRequestsException`.
    Throttle {
        /// Seconds of the `Retry-After` header, if one is sent.
        retry_after_seconds: Option<u32>,
    },
    /// A status of 500 or above with a JSON or XML error.
    ServerError(u16),
    /// The TCP connection is reset before a byte of the answer.
    Reset,
    /// The TCP connection is reset in the middle of the answer's body.
    ResetInBody,
    /// A well-formed HTTP answer whose body ends in the middle of the JSON or XML.
    Truncated,
    /// 200 with a page of HTML.
    Malformed,
    /// The answer comes after this time.
    Stall(Duration),
    /// 403 `ExpiredTokenException`.
    ExpiredToken,
    /// 404 `NotFoundException`: the parent was deleted meanwhile.
    NotFound,
    /// The page carries the token with which it was asked for; befalls later pages than the first.
    RepeatedToken,
    /// 400 `BadRequestException` about the page token; befalls later pages than the first.
    ExpiredPageToken,
}

/// What an effect needs to know of the call it befalls.
pub(crate) struct Before<'a> {
    pub(crate) service: Service,
    pub(crate) caller_arn: &'a str,
    pub(crate) action: &'a str,
    pub(crate) resource: &'a str,
    pub(crate) page_token: Option<&'a str>,
}

/// Returns what is answered in place of the operation's own answer, if the effect is of that kind.
pub(crate) fn before(effect: &Effect, call: &Before<'_>) -> Option<Answer> {
    let service = call.service;
    let refusal = match effect {
        Effect::Denied => Refusal::denied(service, call.caller_arn, call.action, call.resource),
        Effect::Throttle { retry_after_seconds } => {
            let mut answer = Refusal::throttled(service).into_answer(service);
            if let Some(seconds) = retry_after_seconds {
                answer.headers.push(("retry-after", seconds.to_string()));
            }
            return Some(answer);
        }
        Effect::ServerError(status) => Refusal::server_error(*status),
        Effect::ExpiredToken => Refusal::expired_token(service),
        Effect::NotFound => Refusal::not_found("Api", call.resource),
        Effect::ExpiredPageToken if call.page_token.is_some() => {
            Refusal::bad_request("Invalid position parameter: the page token has expired")
        }
        Effect::Reset => {
            let mut answer = Answer::json(0, Vec::new());
            answer.cut = Some(Cut::BeforeHead);
            return Some(answer);
        }
        Effect::Malformed => {
            let mut answer = Answer::json(200, b"<html><body>Please log in</body></html>".to_vec());
            answer.content_type = "text/html";
            return Some(answer);
        }
        _ => return None,
    };
    Some(refusal.into_answer(service))
}

/// Changes the operation's own answer, if the effect is of that kind.
pub(crate) fn after(effect: &Effect, page_token: Option<&str>, answer: &mut Answer) {
    match effect {
        Effect::Truncated => answer.body.truncate(answer.body.len() / 2),
        Effect::ResetInBody => answer.cut = Some(Cut::InBody),
        Effect::RepeatedToken => {
            if let Some(token) = page_token {
                repeat_token(answer, token);
            }
        }
        _ => {}
    }
}

fn repeat_token(answer: &mut Answer, token: &str) {
    let Ok(mut page) = serde_json::from_slice::<Value>(&answer.body) else {
        return;
    };
    if page.is_object() {
        page["nextToken"] = Value::from(token);
        answer.body = page.to_string().into_bytes();
    }
}
