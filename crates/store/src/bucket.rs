//! A bucket of S3 as an object store: endpoint, region and credentials come from the environment.
//!
//! The variables are those of AWS's own tools. Profiles are not read: where one is named and there are no keys, that
//! is an error, as any other credentials would be somebody else's.

use crate::cause::NoCredentials;
use crate::error::{Result, StoreError};
use async_trait::async_trait;
use object_store::aws::{
    AmazonS3Builder, AmazonS3ConfigKey, AwsCredential, AwsCredentialProvider, S3ConditionalPut,
};
use object_store::client::SpawnedReqwestConnector;
use object_store::prefix::PrefixStore;
use object_store::{CredentialProvider, ObjectStore, RetryConfig};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use url::Url;

/// Variables that name the endpoint; the first one counts.
const ENDPOINTS: [&str; 2] = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];
/// How often credentials are asked for again: where there is no metadata service, nobody answers.
const CREDENTIAL_RETRIES: usize = 2;

/// The variables of AWS that have a value.
#[derive(Debug, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Returns the environment of this process.
    pub(crate) fn of_process() -> Self {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Self::new(variables)
    }

    fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let variables = variables.into_iter();
        Self(
            variables
                .filter(|(name, value)| name.starts_with("AWS_") && !value.is_empty())
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Returns the endpoint that is configured in place of AWS's own.
    fn endpoint(&self) -> Result<Option<&str>> {
        if self.is_on("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") {
            return Ok(None);
        }
        let Some((name, endpoint)) =
            ENDPOINTS.into_iter().find_map(|name| Some((name, self.get(name)?)))
        else {
            return Ok(None);
        };
        match Url::parse(endpoint) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
                Ok(Some(endpoint.trim_end_matches('/')))
            }
            _ => Err(StoreError::InvalidVariable {
                name: name.to_owned(),
                reason: format!("\"{endpoint}\" is no http or https URL"),
            }),
        }
    }

    /// Returns all settings but those of the endpoint, which other tools rank otherwise.
    fn settings(&self) -> impl Iterator<Item = (AmazonS3ConfigKey, &str)> {
        let settings = self.0.iter().filter(|(name, _)| !name.starts_with("AWS_ENDPOINT"));
        settings.filter_map(|(name, value)| {
            Some((name.to_ascii_lowercase().parse().ok()?, value.as_str()))
        })
    }

    /// Tells whether credentials have to be fetched; refuses to fetch other ones than were asked for.
    fn fetches_credentials(&self, text: &str) -> Result<bool> {
        let none = |reason: String| StoreError::NoCredentials { path: text.to_owned(), reason };
        if self.is_on("AWS_SKIP_SIGNATURE") {
            return Ok(false);
        }
        match (self.get("AWS_ACCESS_KEY_ID"), self.get("AWS_SECRET_ACCESS_KEY")) {
            (Some(_), Some(_)) => return Ok(false),
            (None, None) => {}
            (Some(_), None) => return Err(none("AWS_SECRET_ACCESS_KEY is not set".to_owned())),
            (None, Some(_)) => return Err(none("AWS_ACCESS_KEY_ID is not set".to_owned())),
        }
        if let Some(profile) = self.get("AWS_PROFILE") {
            return Err(none(format!(
                "AWS_PROFILE names \"{profile}\", and profiles are not read"
            )));
        }
        let has_identity = self.get("AWS_WEB_IDENTITY_TOKEN_FILE").is_some()
            || self.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").is_some()
            || self.get("AWS_CONTAINER_CREDENTIALS_FULL_URI").is_some();
        if !has_identity && self.is_on("AWS_EC2_METADATA_DISABLED") {
            return Err(none(
                "the environment has none, and AWS_EC2_METADATA_DISABLED is set".to_owned(),
            ));
        }
        Ok(true)
    }
}

/// Opens the object store of a bucket below a prefix; `text` is the location as it was given.
///
/// # Errors
/// 28000 where there are no credentials; 22023 for an endpoint that is no URL.
pub(crate) fn connect(
    environment: &Environment,
    bucket: &str,
    prefix: &str,
    text: &str,
) -> Result<Arc<dyn ObjectStore>> {
    let failed = |error: object_store::Error| StoreError::io("open store", text, error);
    let fetches_credentials = environment.fetches_credentials(text)?;
    let mut builder = AmazonS3Builder::new();
    // A connection belongs to the runtime that has made it, and statements come from several: all are made on this one.
    if let Ok(runtime) = Handle::try_current() {
        builder = builder.with_http_connector(SpawnedReqwestConnector::new(runtime));
    }
    for (key, value) in environment.settings() {
        builder = builder.with_config(key, value);
    }
    if let Some(endpoint) = environment.endpoint()? {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    // Commits are objects that are put if absent, whatever the environment says.
    builder = builder.with_bucket_name(bucket).with_conditional_put(S3ConditionalPut::ETagMatch);
    if fetches_credentials {
        let retry = RetryConfig {
            max_retries: CREDENTIAL_RETRIES,
            retry_timeout: Duration::from_secs(10),
            ..RetryConfig::default()
        };
        let impatient = builder.clone().with_retry(retry).build().map_err(failed)?;
        let fetched = FetchedCredentials(impatient.credentials().clone());
        builder = builder.with_credentials(Arc::new(fetched));
    }
    let store = builder.build().map_err(failed)?;
    if prefix.is_empty() {
        return Ok(Arc::new(store));
    }
    Ok(Arc::new(PrefixStore::new(store, prefix)))
}

/// Credentials that are fetched; a failure is told apart from one of the store.
#[derive(Debug)]
struct FetchedCredentials(AwsCredentialProvider);

#[async_trait]
impl CredentialProvider for FetchedCredentials {
    type Credential = AwsCredential;

    async fn get_credential(&self) -> object_store::Result<Arc<AwsCredential>> {
        self.0.get_credential().await.map_err(|error| object_store::Error::Generic {
            store: "S3",
            source: Box::new(NoCredentials(error)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use object_store::{PutMode, PutOptions, PutPayload};
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    const KEYS: [(&str, &str); 2] =
        [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "secret")];

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::new(
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    fn refusal(variables: &[(&str, &str)]) -> String {
        connect(&environment(variables), "b", "p", "s3://b/p").unwrap_err().to_string()
    }

    /// Answers one request with this status line; returns the request's head, lower case.
    fn answer_once(status: &'static str) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let served = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let head = head.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let mut body = vec![0; length.unwrap().parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            write!(stream, "HTTP/1.1 {status}\r\netag: \"1\"\r\ncontent-length: 0\r\n\r\n")
                .unwrap();
            head
        });
        (url, served)
    }

    async fn create_at(endpoint: &str) -> object_store::Result<object_store::PutResult> {
        // The environment may not turn off what commits rely on.
        let variables = [("AWS_ENDPOINT_URL", endpoint), ("AWS_CONDITIONAL_PUT", "disabled")];
        let environment = environment(&[&KEYS[..], &variables].concat());
        let store = connect(&environment, "b", "p", "s3://b/p").unwrap();
        let options = PutOptions::from(PutMode::Create);
        store.put_opts(&"t/_delta_log/0.json".into(), PutPayload::from_static(b"x"), options).await
    }

    #[tokio::test]
    async fn a_commit_is_put_only_if_it_is_absent() {
        let (url, served) = answer_once("200 OK");
        create_at(&url).await.unwrap();
        let head = served.join().unwrap();
        assert!(head.starts_with("put /b/p/t/_delta_log/0.json http/1.1\r\n"), "{head}");
        assert!(head.contains("\r\nif-none-match: *\r\n"), "{head}");
    }

    #[tokio::test]
    async fn a_commit_that_is_present_is_told_from_other_failures() {
        for status in ["412 Precondition Failed", "409 Conflict"] {
            let (url, served) = answer_once(status);
            let error = create_at(&url).await.unwrap_err();
            assert!(matches!(error, object_store::Error::AlreadyExists { .. }), "{error:?}");
            served.join().unwrap();
        }
    }

    #[test]
    fn the_endpoint_of_s3_comes_before_that_of_all_services() {
        let both = environment(&[
            ("AWS_ENDPOINT_URL", "http://all:1/"),
            ("AWS_ENDPOINT_URL_S3", "http://s3:2/"),
        ]);
        assert_eq!(both.endpoint().unwrap(), Some("http://s3:2"));
        let empty =
            environment(&[("AWS_ENDPOINT_URL", "http://all:1"), ("AWS_ENDPOINT_URL_S3", "")]);
        assert_eq!(empty.endpoint().unwrap(), Some("http://all:1"));
        let ignored = environment(&[
            ("AWS_ENDPOINT_URL", "http://all:1"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ]);
        assert_eq!(ignored.endpoint().unwrap(), None);
    }

    #[test]
    fn credentials_that_were_not_asked_for_are_not_used() {
        let messages = [
            refusal(&[("AWS_PROFILE", "prod")]),
            refusal(&[("AWS_PROFILE", "prod"), ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")]),
            refusal(&KEYS[..1]),
            refusal(&KEYS[1..]),
            refusal(&[("AWS_EC2_METADATA_DISABLED", "true")]),
            refusal(&[KEYS[0], KEYS[1], ("AWS_ENDPOINT_URL", "localhost:5000")]),
        ];
        insta::assert_snapshot!(messages.join("\n"), @r#"
        no AWS credentials for store "s3://b/p": AWS_PROFILE names "prod", and profiles are not read
        no AWS credentials for store "s3://b/p": AWS_PROFILE names "prod", and profiles are not read
        no AWS credentials for store "s3://b/p": AWS_SECRET_ACCESS_KEY is not set
        no AWS credentials for store "s3://b/p": AWS_ACCESS_KEY_ID is not set
        no AWS credentials for store "s3://b/p": the environment has none, and AWS_EC2_METADATA_DISABLED is set
        invalid value for AWS_ENDPOINT_URL: "localhost:5000" is no http or https URL
        "#);
    }
}
