//! Conversion of payloads between text and bytes.
//!
//! Source for WebSocket APIs: the service model's text on `ContentHandlingStrategy`; for REST APIs: API Gateway
//! Developer Guide, "Content type conversions".

use crate::template::base64_decode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
}

impl Payload {
    /// Number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
        }
    }

    /// Whether it has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// `ContentHandlingStrategy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// `CONVERT_TO_BINARY`: base64 text becomes the bytes it stands for.
    ToBinary,
    /// `CONVERT_TO_TEXT`: bytes become base64 text.
    ToText,
}

impl Strategy {
    /// Reads the value; `None` where it is not one of the two.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "CONVERT_TO_BINARY" => Some(Self::ToBinary),
            "CONVERT_TO_TEXT" => Some(Self::ToText),
            _ => None,
        }
    }
}

/// Why a payload cannot be converted; REST APIs answer with status 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContentFault {
    /// Text that should be base64 is not.
    #[error("the payload is not base64")]
    NotBase64,
}

fn text_of(bytes: &[u8]) -> Payload {
    Payload::Text(String::from_utf8_lossy(bytes).into_owned())
}

fn encoded(bytes: &[u8]) -> Payload {
    Payload::Text(STANDARD.encode(bytes))
}

fn decoded(bytes: &[u8]) -> Result<Payload, ContentFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| ContentFault::NotBase64)?;
    base64_decode(text).map(Payload::Binary).ok_or(ContentFault::NotBase64)
}

/// Converts a payload of a WebSocket API.
///
/// # Errors
/// Text that should become bytes is not base64.
pub fn convert(
    strategy: Option<Strategy>,
    body: &[u8],
    is_binary: bool,
) -> Result<Payload, ContentFault> {
    match (strategy, is_binary) {
        (Some(Strategy::ToText), true) => Ok(encoded(body)),
        (Some(Strategy::ToBinary), false) => decoded(body),
        (None | Some(Strategy::ToBinary), true) => Ok(Payload::Binary(body.to_vec())),
        (None | Some(Strategy::ToText), false) => Ok(text_of(body)),
    }
}

/// What `binaryMediaTypes` of a REST API make of an answer and of what the client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryTypes {
    /// There are none.
    Undefined,
    /// There are some.
    Defined {
        /// The answer's type is one of them.
        answer_is_binary: bool,
        /// A type that the client accepts is one of them.
        accepts_binary: bool,
    },
}

/// Converts a payload of a REST API.
///
/// # Errors
/// Text that should become bytes is not base64.
pub fn convert_rest(
    strategy: Option<Strategy>,
    body: &[u8],
    types: BinaryTypes,
) -> Result<Payload, ContentFault> {
    let (is_binary, accepts_binary) = match types {
        BinaryTypes::Undefined => (false, false),
        BinaryTypes::Defined { answer_is_binary, accepts_binary } => {
            (answer_is_binary, accepts_binary)
        }
    };
    match (is_binary, accepts_binary, strategy) {
        (false, _, Some(Strategy::ToBinary)) | (false, true, None) => decoded(body),
        (false, _, Some(Strategy::ToText)) | (false, false, None) => Ok(text_of(body)),
        (true, _, Some(Strategy::ToBinary)) | (true, true, None) => {
            Ok(Payload::Binary(body.to_vec()))
        }
        (true, _, Some(Strategy::ToText)) | (true, false, None) => Ok(encoded(body)),
    }
}
