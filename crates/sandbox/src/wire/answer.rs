//! An answer before it is written, and where its writing breaks off.

use super::Wire;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// Where the connection is reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    BeforeHead,
    InBody,
}

/// A status, headers and a whole body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) error_code: Option<String>,
    pub(crate) cut: Option<Cut>,
}

impl Answer {
    pub(crate) fn json(status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            content_type: "application/json",
            headers: Vec::new(),
            body,
            error_code: None,
            cut: None,
        }
    }

    pub(crate) fn xml(status: u16, body: String) -> Self {
        Self { content_type: "text/xml", ..Self::json(status, body.into_bytes()) }
    }

    /// Turns it into what axum writes, and tells the connection where to break off.
    pub(crate) fn into_response(self, wire: &Wire) -> Response {
        match self.cut {
            Some(Cut::BeforeHead) => wire.break_after(0),
            Some(Cut::InBody) => wire.break_after(self.head_length() + self.body.len() / 2),
            None => {}
        }
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        response
    }

    /// Returns the bytes of the head as hyper writes it, with `content-length` and `date`.
    fn head_length(&self) -> usize {
        let line = |name: usize, value: usize| name + value + ": \r\n".len();
        let length = self.body.len().to_string().len();
        let fixed = "HTTP/1.1 200 OK\r\n\r\n".len()
            + line("content-type".len(), self.content_type.len())
            + line("content-length".len(), length)
            + line("date".len(), "Sun, 06 Nov 1994 08:49:37 GMT".len());
        let others = self.headers.iter();
        fixed + others.map(|(name, value)| line(name.len(), value.len())).sum::<usize>()
    }
}
