//! The HTTP connections of every call: timeouts, certificates, proxies.

use crate::error::{CollectError, Result, chain};
use crate::failure::{Failure, FailureKind};
use crate::sign::Request;
use aws_credential_types::Credentials;
use reqwest::header::HeaderMap;
use reqwest::{Certificate, Client, Method, RequestBuilder, StatusCode, redirect};
use std::net::Ipv6Addr;
use std::time::{Duration, SystemTime};

/// Names a file of PEM certificates to trust besides the system's, as for AWS's own tools.
const CA_BUNDLE: &str = "AWS_CA_BUNDLE";
/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// No page of a list comes near it (AWS's largest answers are about 10 MB); more would only fill the memory.
const LARGEST_BODY: usize = 64 << 20;
/// Where instances ask for metadata over IPv6 (EC2 User Guide, "Instance metadata").
const METADATA_IPV6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

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
pub(crate) struct Transport {
    /// As the environment says, through its proxies if it names any.
    outward: Client,
    /// Past all proxies.
    direct: Client,
}

impl Transport {
    /// Makes the connections; proxies are the environment's, except on the way to this machine.
    ///
    /// # Errors
    /// An unreadable `AWS_CA_BUNDLE`; a client that cannot be made.
    pub(crate) fn new(attempt_timeout: Duration) -> Result<Self> {
        let bundle = std::env::var(CA_BUNDLE).ok().filter(|path| !path.is_empty());
        let certificates = bundle.map_or_else(|| Ok(Vec::new()), |path| certificates(&path))?;
        let builder = || {
            let mut builder = Client::builder()
                .connect_timeout(CONNECT_TIMEOUT)
                .timeout(attempt_timeout)
                .redirect(redirect::Policy::none())
                .user_agent(concat!("census/", env!("CARGO_PKG_VERSION")));
            for certificate in &certificates {
                builder = builder.add_root_certificate(certificate.clone());
            }
            builder
        };
        let outward = builder().build().map_err(CollectError::HttpClient)?;
        let direct = builder().no_proxy().build().map_err(CollectError::HttpClient)?;
        Ok(Self { outward, direct })
    }

    /// Begins a request.
    pub(crate) fn request(&self, method: Method, url: &str) -> RequestBuilder {
        let client = if is_near(url) { &self.direct } else { &self.outward };
        client.request(method, url)
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
        let mut builder = self.request(request.method.clone(), &request.url);
        for (name, value) in signature {
            builder = builder.header(name, value);
        }
        for (name, value) in request.body.headers() {
            builder = builder.header(name, value);
        }
        if !request.body.text().is_empty() {
            builder = builder.body(request.body.text().to_owned());
        }
        self.answer(builder).await
    }

    /// Sends a request once and reads the whole answer.
    ///
    /// # Errors
    /// A failure of the way there and back, or an answer too large to be one.
    pub(crate) async fn answer(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let mut response = request.send().await.map_err(|error| failure(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > LARGEST_BODY {
                let megabytes = LARGEST_BODY >> 20;
                return Err(Failure::new(
                    FailureKind::Refused,
                    format!("the answer is larger than {megabytes} MiB"),
                )
                .with_code("AnswerTooLarge"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body })
    }
}

/// Tells whether a URL leads to this machine or, as instance metadata does, to its own link: no proxy
/// can reach that, and none should see what is said there.
fn is_near(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else {
        return false;
    };
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback() || address.is_link_local(),
        Some(url::Host::Ipv6(address)) => address.is_loopback() || address == METADATA_IPV6,
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
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| fault(error.into()))?;
    if certificates.is_empty() {
        return Err(fault("the file holds no certificate".into()));
    }
    Ok(certificates)
}

/// Tells where on the way a call failed. Paths and queries are left out: they carry page tokens.
fn failure(error: &reqwest::Error) -> Failure {
    let origin = error.url().map_or_else(
        || "the endpoint".to_owned(),
        |url| format!("\"{}\"", url.origin().ascii_serialization()),
    );
    let causes = std::error::Error::source(error)
        .map_or_else(String::new, |cause| format!(": {}", chain(cause)));
    if error.is_builder() {
        return Failure::new(
            FailureKind::Refused,
            format!("the request to {origin} is not valid{causes}"),
        );
    }
    if error.is_connect() {
        return Failure::new(
            FailureKind::Unreachable,
            format!("{origin} cannot be reached{causes}"),
        )
        .with_code("ConnectionFailure");
    }
    if error.is_timeout() {
        return Failure::new(FailureKind::Unanswered, format!("{origin} did not answer in time"))
            .with_code("Timeout");
    }
    Failure::new(FailureKind::Unavailable, format!("the connection to {origin} broke off{causes}"))
        .with_code("ConnectionBroken")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_needs_no_proxy() {
        for url in [
            "http://127.0.0.1:1/x",
            "http://localhost:1",
            "http://[::1]:1",
            "http://169.254.169.254/latest",
            "http://[fd00:ec2::254]/latest",
        ] {
            assert!(is_near(url), "{url}");
        }
        for url in ["https://apigateway.eu-west-1.amazonaws.com", "http://localhost.example", "x"] {
            assert!(!is_near(url), "{url}");
        }
    }
}
