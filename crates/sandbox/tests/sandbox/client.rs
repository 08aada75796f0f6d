//! A client that signs: the few lines of an AWS SDK that the tests need.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use census_sandbox::{Inventory, Sandbox, SandboxOptions};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::time::SystemTime;

/// Keys, region and address.
#[derive(Clone)]
pub struct Client {
    pub url: String,
    pub key: String,
    pub secret: String,
    pub token: Option<String>,
    pub region: String,
}

/// Status, headers and body of an answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// The text of the first element with a name.
    pub fn element(&self, name: &str) -> String {
        let (_, rest) = self.text.split_once(&format!("<{name}>")).unwrap();
        rest.split_once("</").unwrap().0.to_owned()
    }
}

/// Percent-encodes a page token for a query.
pub fn encoded(token: &str) -> String {
    utf8_percent_encode(token, NON_ALPHANUMERIC).to_string()
}

/// Starts the sample without quota.
pub async fn sample() -> Sandbox {
    Sandbox::start(SandboxOptions::new(Inventory::sample()).quota(None)).await.unwrap()
}

impl Client {
    pub fn payments(sandbox: &Sandbox, region: &str) -> Self {
        Self {
            url: sandbox.url(),
            key: "AKIASANDBOXPAYMENTS1".to_owned(),
            secret: "sandbox-payments-secret".to_owned(),
            token: None,
            region: region.to_owned(),
        }
    }

    pub fn support(sandbox: &Sandbox, region: &str) -> Self {
        Self {
            key: "AKIASANDBOXSUPPORTS1".to_owned(),
            secret: "sandbox-support-secret".to_owned(),
            ..Self::payments(sandbox, region)
        }
    }

    /// A signed request of any service, before it is sent.
    pub fn signed(
        &self,
        service: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.url);
        let credentials =
            Credentials::new(&self.key, &self.secret, self.token.clone(), None, "test");
        let identity = credentials.into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .unwrap()
            .into();
        let payload = SignableBody::Bytes(body.as_bytes());
        let request =
            SignableRequest::new(method, url.as_str(), headers.iter().copied(), payload).unwrap();
        let (instructions, _) = sign(request, &params).unwrap().into_parts();
        let mut builder =
            reqwest::Client::new().request(method.parse().unwrap(), &url).body(body.to_owned());
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        for (name, value) in instructions.headers() {
            builder = builder.header(name, value);
        }
        builder
    }

    pub async fn try_get(&self, path: &str) -> reqwest::Result<Reply> {
        read(self.signed("apigateway", "GET", path, &[], "")).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.try_get(path).await.unwrap()
    }

    /// A call of the query protocol.
    pub async fn query(&self, service: &str, form: &str) -> Reply {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        read(self.signed(service, "POST", "/", &headers, form)).await.unwrap()
    }

    /// All items of a list, page by page.
    pub async fn list(&self, path: &str, size: usize, member: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut token = String::new();
        loop {
            let next = match token.as_str() {
                "" => String::new(),
                token => format!("&nextToken={}", encoded(token)),
            };
            let reply = self.get(&format!("{path}?maxResults={size}{next}")).await;
            assert_eq!(reply.status, 200, "{reply:?}");
            let page = reply.json();
            let listed = page[member].as_array().unwrap();
            assert!(listed.len() <= size);
            items.extend(listed.iter().cloned());
            match page["nextToken"].as_str() {
                Some(next) => next.clone_into(&mut token),
                None => return items,
            }
        }
    }

    /// The id of the API with a name.
    pub async fn api_id(&self, name: &str) -> String {
        let apis = self.list("/v2/apis", 500, "items").await;
        let api = apis.iter().find(|api| api["name"] == name).unwrap();
        api["apiId"].as_str().unwrap().to_owned()
    }
}

pub async fn read(builder: reqwest::RequestBuilder) -> reqwest::Result<Reply> {
    let response = builder.send().await?;
    Ok(Reply {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await?,
    })
}
