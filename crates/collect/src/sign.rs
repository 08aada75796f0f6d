//! Requests and their signatures (AWS Signature Version 4).

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::SystemTime;

/// What AWS leaves as it is in a URI (RFC 3986, "unreserved").
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes a path segment or a query value.
pub(crate) fn encode(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// A request before it is signed.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// `GET` or `POST`.
    pub(crate) method: reqwest::Method,
    /// Scheme, host, path and query, percent-encoded.
    pub(crate) url: String,
    /// What is sent along.
    pub(crate) body: Body,
    /// The region to sign for.
    pub(crate) region: String,
    /// The service's name in the signature.
    pub(crate) signing_name: String,
}

/// What a request sends along, by the protocol of its service.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    /// Nothing: a list call of REST-JSON.
    Empty,
    /// The form of a Query call.
    Form(String),
    /// The text of an AWS-JSON 1.1 call, with the operation's target.
    Json {
        /// For example `AWSOrganizationsV20161128.ListAccounts`.
        target: String,
        /// An object.
        text: String,
    },
}

impl Body {
    /// Returns the bytes that are sent.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Form(text) | Self::Json { text, .. } => text,
        }
    }

    /// Returns the headers that tell what it is.
    pub(crate) fn headers(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Empty => Vec::new(),
            Self::Form(_) => {
                vec![("content-type", "application/x-www-form-urlencoded; charset=utf-8")]
            }
            Self::Json { target, .. } => {
                vec![("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)]
            }
        }
    }
}

impl Request {
    /// Returns the headers that sign the request at a time.
    ///
    /// # Errors
    /// A URL that is none, as one sentence.
    pub(crate) fn signature(
        &self,
        credentials: &Credentials,
        time: SystemTime,
    ) -> Result<Vec<(String, String)>, String> {
        let identity = credentials.clone().into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(&self.signing_name)
            .time(time)
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| error.to_string())?
            .into();
        let body = SignableBody::Bytes(self.body.text().as_bytes());
        let signable = SignableRequest::new(
            self.method.as_str(),
            self.url.as_str(),
            self.body.headers().into_iter(),
            body,
        )
        .map_err(|error| crate::error::chain(&error))?;
        let output = sign(signable, &parameters).map_err(|error| crate::error::chain(&error))?;
        let headers = output.output().headers();
        Ok(headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn reserved_characters_are_encoded() {
        assert_eq!(encode("*.a b/c+~é"), "%2A.a%20b%2Fc%2B~%C3%A9");
    }

    #[test]
    fn signature_covers_the_session_token_and_names_the_scope() {
        let credentials = Credentials::builder()
            .access_key_id("AKIDEXAMPLE")
            .secret_access_key("secret")
            .session_token("token")
            .provider_name("test")
            .build();
        let request = Request {
            method: reqwest::Method::GET,
            url: "http://127.0.0.1:1/v2/domainnames/%2A.a/apimappings?maxResults=500".to_owned(),
            body: Body::Empty,
            region: "eu-west-1".to_owned(),
            signing_name: "apigateway".to_owned(),
        };
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_440_938_160_250);
        let headers = request.signature(&credentials, time).unwrap();
        let authorization = &headers.iter().find(|(name, _)| name == "authorization").unwrap().1;
        assert!(
            authorization
                .contains("Credential=AKIDEXAMPLE/20150830/eu-west-1/apigateway/aws4_request")
        );
        assert!(authorization.contains("SignedHeaders=host;x-amz-date;x-amz-security-token"));
    }
}
