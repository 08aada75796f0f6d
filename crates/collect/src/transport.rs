//! One HTTP client for every call: timeouts, certificates, proxies.

use crate::error::{CollectError, Result, chain};
use crate::failure::{Failure, FailureKind};
use crate::sign::{FORM, Request};
use aws_credential_types::Credentials;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Certificate, Client, StatusCode, redirect};
use std::time::{Duration, SystemTime};

/// Names a file of PEM certificates to trust besides the system's, as for AWS's own tools.
const CA_BUNDLE: &str = "AWS_CA_BUNDLE";
/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// Sends requests; clones share connections.
#[derive(Debug, Clone)]
pub(crate) struct Transport(Client);

impl Transport {
    /// Makes the client; proxies are taken from the environment unless every call goes to this machine.
    ///
    /// # Errors
    /// An unreadable `AWS_CA_BUNDLE`; a client that cannot be made.
    pub(crate) fn new(endpoint_url: Option<&str>, attempt_timeout: Duration) -> Result<Self> {
        let mut builder = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(attempt_timeout)
            .redirect(redirect::Policy::none())
            .user_agent(concat!("census/", env!("CARGO_PKG_VERSION")));
        if endpoint_url.is_some_and(is_loopback) {
            builder = builder.no_proxy();
        }
        if let Some(path) = std::env::var(CA_BUNDLE).ok().filter(|path| !path.is_empty()) {
            for certificate in certificates(&path)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        builder.build().map(Self).map_err(CollectError::HttpClient)
    }

    /// Signs and sends a request once and reads the whole answer.
    ///
    /// # Errors
    /// A failure of the way there and back; any HTTP status is an answer.
    pub(crate) async fn send(
        &self,
        request: &Request,
        credentials: &Credentials,
    ) -> Result<Answer, Failure> {
        let signature = request.signature(credentials, SystemTime::now()).map_err(|sentence| {
            Failure::new(FailureKind::Refused, format!("the request cannot be signed: {sentence}"))
        })?;
        let mut builder = self.0.request(request.method.clone(), &request.url);
        for (name, value) in signature {
            builder = builder.header(name, value);
        }
        if !request.form.is_empty() {
            builder = builder.header(CONTENT_TYPE, FORM).body(request.form.clone());
        }
        let response = builder.send().await.map_err(|error| failure(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.map_err(|error| failure(&error))?;
        Ok(Answer { status, headers, body: body.to_vec() })
    }
}

fn is_loopback(endpoint_url: &str) -> bool {
    let Ok(url) = url::Url::parse(endpoint_url) else {
        return false;
    };
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn certificates(path: &str) -> Result<Vec<Certificate>> {
    let fault = |source| CollectError::CertificateBundle {
        variable: CA_BUNDLE,
        path: path.to_owned(),
        source,
    };
    let pem = std::fs::read(path).map_err(|error| fault(error.into()))?;
    Certificate::from_pem_bundle(&pem).map_err(|error| fault(error.into()))
}

/// Tells where on the way a call failed. URLs are left out: they carry page tokens.
fn failure(error: &reqwest::Error) -> Failure {
    let host = error.url().and_then(url::Url::host_str).unwrap_or("the endpoint").to_owned();
    let causes = std::error::Error::source(error)
        .map_or_else(String::new, |cause| format!(": {}", chain(cause)));
    if error.is_builder() {
        return Failure::new(
            FailureKind::Refused,
            format!("the request to \"{host}\" is not valid{causes}"),
        );
    }
    if error.is_connect() {
        return Failure::new(
            FailureKind::Unreachable,
            format!("\"{host}\" cannot be reached{causes}"),
        )
        .with_code("ConnectionFailure");
    }
    if error.is_timeout() {
        return Failure::new(
            FailureKind::Unavailable,
            format!("\"{host}\" did not answer in time"),
        )
        .with_code("Timeout");
    }
    Failure::new(
        FailureKind::Unavailable,
        format!("the connection to \"{host}\" broke off{causes}"),
    )
    .with_code("ConnectionBroken")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_recognised() {
        assert!(
            ["http://127.0.0.1:1", "http://localhost:1/x", "http://[::1]:1"]
                .into_iter()
                .all(is_loopback)
        );
        assert!(!is_loopback("https://apigateway.eu-west-1.amazonaws.com"));
    }
}
