//! The body of a message, taken apart from its start; whatever is not there is an error and no panic.

use crate::error::PgError;
use bytes::{Buf, Bytes};

/// What is left of the body of a message.
#[derive(Debug)]
pub(crate) struct Body(Bytes);

impl Body {
    /// Takes a whole body.
    pub(crate) fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// Takes one byte.
    pub(crate) fn byte(&mut self) -> Result<u8, PgError> {
        self.0.try_get_u8().map_err(|_| PgError::ShortMessage)
    }

    /// Takes a number of 16 bits.
    pub(crate) fn short(&mut self) -> Result<i16, PgError> {
        self.0.try_get_i16().map_err(|_| PgError::ShortMessage)
    }

    /// Takes a number of 32 bits.
    pub(crate) fn long(&mut self) -> Result<i32, PgError> {
        self.0.try_get_i32().map_err(|_| PgError::ShortMessage)
    }

    /// Takes how many things follow, each of at least so many bytes: no more than there can be.
    pub(crate) fn count(&mut self, least_bytes: usize) -> Result<usize, PgError> {
        let count = usize::from(self.short()?.cast_unsigned());
        if count * least_bytes > self.0.len() {
            return Err(PgError::ShortMessage);
        }
        Ok(count)
    }

    /// Takes so many bytes.
    pub(crate) fn bytes(&mut self, length: usize) -> Result<Bytes, PgError> {
        if length > self.0.len() {
            return Err(PgError::ShortMessage);
        }
        Ok(self.0.split_to(length))
    }

    /// Takes a text that ends with a zero byte.
    pub(crate) fn text(&mut self) -> Result<String, PgError> {
        let end = self.0.iter().position(|byte| *byte == 0).ok_or(PgError::UnendedText)?;
        let text = self.0.split_to(end);
        self.0.advance(1);
        match std::str::from_utf8(&text) {
            Ok(text) => Ok(text.to_owned()),
            Err(fault) => Err(PgError::NotUtf8 { byte: text[fault.valid_up_to()] }),
        }
    }

    /// Takes the rest.
    pub(crate) fn rest(&mut self) -> Bytes {
        std::mem::take(&mut self.0)
    }

    /// Refuses a body that goes on where it should end.
    pub(crate) fn end(&self) -> Result<(), PgError> {
        if self.0.is_empty() { Ok(()) } else { Err(PgError::LongMessage) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_an_error() {
        let body = |bytes: &'static [u8]| Body::new(Bytes::from_static(bytes));
        assert!(body(&[]).byte().is_err());
        assert!(body(&[0]).short().is_err());
        assert!(body(&[0, 0, 0]).long().is_err());
        assert!(body(&[0xff, 0xff, 0]).count(2).is_err());
        assert!(body(b"abc").text().is_err());
        assert!(body(b"\xff\0").text().is_err());
        assert!(body(b"abc").bytes(4).is_err());
        assert_eq!(body(b"abc\0").text().ok().as_deref(), Some("abc"));
    }
}
