//! Signature Version 4: read from the `Authorization` header, and computed again to verify it.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    SessionTokenMode, SignableBody, SignableRequest, SigningParams, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use axum::http::HeaderMap;
use chrono::NaiveDateTime;
use std::time::SystemTime;

const TOKEN_HEADER: &str = "x-amz-security-token";

/// What the `Authorization` header claims.
#[derive(Debug)]
pub(crate) struct Signature {
    pub(crate) access_key_id: String,
    pub(crate) region: String,
    pub(crate) signing_name: String,
    /// The token of temporary credentials.
    pub(crate) token: Option<String>,
    date: String,
    signed_headers: Vec<String>,
    claimed: String,
    signed_at: Option<SystemTime>,
}

impl Signature {
    /// Reads the header; `None` where it is absent or not of Signature Version 4.
    pub(crate) fn parse(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get("authorization")?.to_str().ok()?;
        let fields = text.strip_prefix("AWS4-HMAC-SHA256")?;
        let field = |name: &str| {
            fields.split(',').find_map(|field| {
                let (key, value) = field.trim().split_once('=')?;
                (key == name).then(|| value.to_owned())
            })
        };
        let credential = field("Credential")?;
        let mut scope = credential.split('/').map(str::to_owned);
        let (access_key_id, date) = (scope.next()?, scope.next()?);
        let (region, signing_name) = (scope.next()?, scope.next()?);
        let text_of = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        Some(Self {
            access_key_id,
            region,
            signing_name,
            token: text_of(TOKEN_HEADER).map(str::to_owned),
            signed_headers: field("SignedHeaders")?.split(';').map(str::to_owned).collect(),
            claimed: field("Signature")?,
            signed_at: text_of("x-amz-date").and_then(parse_instant),
            date,
        })
    }

    /// Returns whether the request was signed with this secret, as it was received.
    ///
    /// The instant is the `X-Amz-Date` header's, however old: clocks of tests may stand still.
    pub(crate) fn is_by(
        &self,
        secret: &str,
        method: &str,
        uri: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> bool {
        self.compute(secret, method, uri, headers, body)
            .is_some_and(|computed| computed == self.claimed)
    }

    fn compute(
        &self,
        secret: &str,
        method: &str,
        uri: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<String> {
        let signed_at = self.signed_at?;
        let signs = |name: &str| self.signed_headers.iter().any(|signed| signed == name);
        if !signs("host") || !signs("x-amz-date") || format_day(signed_at) != self.date {
            return None;
        }
        let mut settings = SigningSettings::default();
        // What the client signed is what it says it signed, whatever a signer would leave out.
        settings.excluded_headers = None;
        if !signs(TOKEN_HEADER) {
            settings.session_token_mode = SessionTokenMode::Exclude;
        }
        let credentials = Credentials::new(
            &self.access_key_id,
            secret,
            self.token.clone().filter(|_| signs(TOKEN_HEADER)),
            None,
            "sandbox",
        );
        let identity = credentials.into();
        let params: SigningParams<'_> = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(&self.signing_name)
            .time(signed_at)
            .settings(settings)
            .build()
            .ok()?
            .into();
        // The signer adds these two itself.
        let added = |name: &str| name == TOKEN_HEADER || name == "x-amz-date";
        let signed = headers
            .iter()
            .filter(|(name, _)| signs(name.as_str()) && !added(name.as_str()))
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let unsigned =
            headers.get("x-amz-content-sha256").is_some_and(|hash| hash == "UNSIGNED-PAYLOAD");
        let payload =
            if unsigned { SignableBody::UnsignedPayload } else { SignableBody::Bytes(body) };
        let request = SignableRequest::new(method, uri, signed, payload).ok()?;
        let (_, signature) = sign(request, &params).ok()?.into_parts();
        Some(signature)
    }
}

fn parse_instant(text: &str) -> Option<SystemTime> {
    let instant = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ").ok()?;
    Some(instant.and_utc().into())
}

fn format_day(instant: SystemTime) -> String {
    chrono::DateTime::<chrono::Utc>::from(instant).format("%Y%m%d").to_string()
}
