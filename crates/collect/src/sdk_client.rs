//! Calls of AWS's SDK (STS, SSO, instance metadata) over the same connections as the collector's own.
//!
//! The SDK's own client knows neither `AWS_CA_BUNDLE` nor that this machine needs no proxy, and waits
//! without end for an answer that does not come.

use crate::failure::{Failure, FailureKind};
use crate::limiters::Limiters;
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
use std::time::Duration;

/// What the SDK sends its requests through.
#[derive(Clone)]
pub(crate) struct SdkClient {
    /// Connections.
    pub(crate) transport: Transport,
    /// What paces them.
    pub(crate) limiters: Arc<Limiters>,
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
            if let Some((region, service)) = signed_for(&request) {
                // Whose call it is the request does not say: all accounts share the bucket, which is large.
                if let Some(limiter) = client.limiters.of("", region, service) {
                    tokio::time::sleep(limiter.reserve()).await;
                }
                client.progress.event(Event::RequestSent { service });
            }
            let sent = send(&client.transport, &request);
            let answer = match limit {
                Some(limit) => tokio::time::timeout(limit, sent).await.unwrap_or_else(|_| {
                    Err(Failure::new(FailureKind::Unavailable, "no answer came in time"))
                }),
                None => sent.await,
            };
            match answer {
                Ok(answer) => response(answer),
                Err(failure) if failure.kind == FailureKind::Refused => {
                    Err(ConnectorError::user(failure.into()))
                }
                Err(failure) => Err(ConnectorError::io(failure.into())),
            }
        })
    }
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
