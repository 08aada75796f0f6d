//! Calls of AWS's SDK (STS, SSO, instance metadata) over the same connections as the collector's own.
//!
//! The SDK's own client knows neither `AWS_CA_BUNDLE` nor that this machine needs no proxy, and waits
//! without end for an answer that does not come. It also gives up on a service that asks to slow down within half a
//! second, so attempts are made here, as for lists.

use crate::failure::{Failure, FailureKind};
use crate::limiters::Limiters;
use crate::options::RetryPolicy;
use crate::progress::{Event, Progress};
use crate::transport::{Answer, Transport};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use reqwest::header::HOST;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// No attempt begins later than this after the first: whoever waits for credentials waits a minute.
const LONGEST: Duration = Duration::from_secs(45);

/// What the SDK sends its requests through.
#[derive(Clone)]
pub(crate) struct SdkClient {
    /// Connections.
    pub(crate) transport: Transport,
    /// What paces them.
    pub(crate) limiters: Arc<Limiters>,
    /// How failed calls are repeated.
    pub(crate) retry: RetryPolicy,
    /// Who is told.
    pub(crate) progress: Arc<dyn Progress>,
}

impl fmt::Debug for SdkClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SdkClient").finish_non_exhaustive()
    }
}

impl HttpClient for SdkClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        // Instance metadata is asked with a second for each, since there is none outside of AWS.
        let limit = settings
            .read_timeout()
            .map(|read| read.saturating_add(settings.connect_timeout().unwrap_or_default()));
        SharedHttpConnector::new(Connector { client: self.clone(), limit })
    }
}

/// Sends the SDK's requests, within a time if it sets one.
#[derive(Debug)]
struct Connector {
    client: SdkClient,
    limit: Option<Duration>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (client, limit) = (self.client.clone(), self.limit);
        HttpConnectorFuture::new(async move {
            let answer = match limit {
                // The SDK tries these again itself, and moves on to other sources soon.
                Some(limit) => {
                    let sent = tokio::time::timeout(limit, client.attempt(&request)).await;
                    sent.unwrap_or_else(|_| {
                        Err(Failure::new(FailureKind::Unanswered, "no answer came in time"))
                    })
                }
                None => client.answer(&request).await,
            };
            match answer {
                Ok(answer) => response(answer),
                Err(failure) if limit.is_some() && failure.kind != FailureKind::Refused => {
                    Err(ConnectorError::io(failure.into()))
                }
                // An error of the user's is the one that the SDK does not try again.
                Err(failure) => Err(ConnectorError::user(failure.into())),
            }
        })
    }
}

impl SdkClient {
    /// Sends a request until it is answered in a way that another attempt would not change.
    async fn answer(&self, request: &HttpRequest) -> Result<Answer, Failure> {
        let began = Instant::now();
        let mut attempts = 0;
        loop {
            let failure = match self.attempt(request).await {
                Ok(answer) => match passing(&answer) {
                    Some(failure) => failure,
                    None => return Ok(answer),
                },
                Err(failure) => failure,
            };
            attempts += 1;
            let delay = self.retry.delay(attempts).max(failure.retry_after.unwrap_or_default());
            let total = self.retry.total.min(LONGEST);
            let is_late = began.elapsed().saturating_add(delay) > total;
            if attempts >= self.retry.attempts_for(failure.kind) || is_late {
                return Err(failure.too_long_to_wait(total));
            }
            tokio::time::sleep(delay).await;
        }
    }

    async fn attempt(&self, request: &HttpRequest) -> Result<Answer, Failure> {
        if let Some((region, service)) = signed_for(request) {
            // Whose call it is the request does not say: all accounts share the bucket, which is large.
            if let Some(limiter) = self.limiters.of("", region, service) {
                tokio::time::sleep(limiter.reserve()).await;
            }
            self.progress.event(Event::RequestSent { service });
        }
        send(&self.transport, request).await
    }
}

/// Returns the failure that an answer means which another attempt may change, or which is not the service's.
fn passing(answer: &Answer) -> Option<Failure> {
    if answer.status.is_success() {
        return None;
    }
    let is_json = serde_json::from_slice::<serde_json::Value>(&answer.body).is_ok();
    let (status, headers, body) = (answer.status, &answer.headers, &answer.body);
    let failure = if is_json {
        Failure::of_json(status, headers, body)
    } else {
        Failure::of_xml(status, headers, body)
    };
    let may_pass = matches!(failure.kind, FailureKind::Throttled | FailureKind::Unavailable);
    (may_pass || (!is_json && failure.code.is_none())).then_some(failure)
}

async fn send(transport: &Transport, request: &HttpRequest) -> Result<Answer, Failure> {
    let invalid = |message: &str| Failure::new(FailureKind::Refused, message);
    let method = reqwest::Method::from_bytes(request.method().as_bytes())
        .map_err(|_| invalid("the request has no valid method"))?;
    let Some(body) = request.body().bytes() else {
        return Err(invalid("the request is a stream"));
    };
    let mut builder = transport.request(method, request.uri()).body(body.to_vec());
    for (name, value) in request.headers() {
        builder = builder.header(name, value);
    }
    if let Some(host) = authority(request.uri()).filter(|host| host.contains(char::is_uppercase)) {
        // The URL is normalised on its way, but the SDK has signed the host as it is written.
        builder = builder.header(HOST, host);
    }
    transport.answer(builder).await
}

/// Returns the region and the service that a request is signed for; what is not signed has no quota.
fn signed_for(request: &HttpRequest) -> Option<(&str, &str)> {
    let (_, credential) = request.headers().get("authorization")?.split_once("Credential=")?;
    let mut parts = credential.split(',').next()?.rsplit('/');
    let (_, service, region) = (parts.next()?, parts.next()?, parts.next()?);
    Some((region, service))
}

fn authority(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['/', '?']).next()
}

fn response(answer: Answer) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(answer.status.as_u16())
        .map_err(|error| ConnectorError::other(error.into(), None))?;
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
    for (name, value) in &answer.headers {
        // A header that is no text cannot be one that the SDK reads.
        if let Ok(value) = value.to_str() {
            let added =
                response.headers_mut().try_append(name.as_str().to_owned(), value.to_owned());
            added.map_err(|error| ConnectorError::other(error.into(), None))?;
        }
    }
    Ok(response)
}
