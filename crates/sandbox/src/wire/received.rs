//! A request, read as far as every service needs it.

use super::{Service, Signature};
use axum::http::{HeaderMap, request::Parts};
use percent_encoding::percent_decode_str;

/// A request with its body and what its signature claims.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) uri: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) signature: Option<Signature>,
    query: Vec<(String, String)>,
}

impl Received {
    pub(crate) fn new(parts: Parts, body: Vec<u8>) -> Self {
        let host = parts.headers.get("host").and_then(|host| host.to_str().ok());
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        Self {
            method: parts.method.as_str().to_owned(),
            path: parts.uri.path().to_owned(),
            uri: format!("http://{}{target}", host.unwrap_or("sandbox")),
            signature: Signature::parse(&parts.headers),
            query: parse_form(parts.uri.query().unwrap_or_default()),
            headers: parts.headers,
            body,
        }
    }

    /// Returns the service of the credential scope.
    pub(crate) fn service(&self) -> Option<Service> {
        Service::from_signing_name(&self.signature.as_ref()?.signing_name)
    }

    /// Returns a parameter of the query.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// Returns the parameters of a body of the query protocol.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        parse_form(&String::from_utf8_lossy(&self.body))
    }

    /// Returns the path's segments, decoded.
    pub(crate) fn segments(&self) -> Vec<String> {
        self.path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect()
    }
}

/// Returns the first value of a name.
pub(crate) fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn parse_form(text: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        let spaced = part.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}
