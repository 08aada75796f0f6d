//! A connection as frames: whole messages in, bytes out in pieces that a slow client bounds.

use crate::error::PgError;
use bytes::{Buf, Bytes, BytesMut};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// How many bytes are gathered before they are sent.
const SENT_AT_ONCE: usize = 64 << 10;

/// Anything that a connection may run over.
pub(crate) trait ByteStream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> ByteStream for S {}

/// How many bytes a client may send ahead while its statement runs.
const KEPT_WHILE_RUNNING: usize = 64 << 10;

/// How many bytes a client may have sent that was told that its connection ends.
const READ_IN_PARTING: usize = 64 << 20;

/// How long such a client may take to hear of it.
const PARTING: Duration = Duration::from_secs(10);

/// One client's connection.
pub(crate) struct Wire {
    stream: Box<dyn ByteStream>,
    received: BytesMut,
    /// What is to be sent; messages are written into it whole.
    pub(crate) out: BytesMut,
    /// How long the client may take for what is sent at once.
    patience: Duration,
}

impl Wire {
    /// Takes a connection that has just been made.
    pub(crate) fn new(stream: Box<dyn ByteStream>, patience: Duration) -> Self {
        Self { stream, received: BytesMut::new(), out: BytesMut::new(), patience }
    }

    /// Reads the packet that a connection begins with, which has no letter; `None` where the client has gone.
    pub(crate) async fn startup_packet(
        &mut self,
        most_bytes: usize,
    ) -> Result<Option<Bytes>, PgError> {
        if !self.receive(4).await? {
            return Ok(None);
        }
        let length = self.length(0, most_bytes)?;
        // The shortest one is a code alone.
        if length < 8 {
            return Err(PgError::WrongLength { length });
        }
        if !self.receive(length).await? {
            return Ok(None);
        }
        let mut packet = self.received.split_to(length).freeze();
        packet.advance(4);
        Ok(Some(packet))
    }

    /// Reads a message: its letter and body; `None` where the client has gone.
    ///
    /// Nothing is lost where the future is dropped.
    pub(crate) async fn message(
        &mut self,
        most_bytes: usize,
    ) -> Result<Option<(u8, Bytes)>, PgError> {
        if !self.receive(5).await? {
            return Ok(None);
        }
        let length = self.length(1, most_bytes)?;
        if !self.receive(length + 1).await? {
            return Ok(None);
        }
        let mut message = self.received.split_to(length + 1).freeze();
        let letter = message.get_u8();
        message.advance(4);
        Ok(Some((letter, message)))
    }

    /// Returns the length that stands at a place among what was received; it counts itself.
    fn length(&self, place: usize, most_bytes: usize) -> Result<usize, PgError> {
        let stated = self.received.get(place..place + 4).map(|mut bytes| bytes.get_i32());
        let length = stated.and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
        if length < 4 {
            return Err(PgError::WrongLength { length });
        }
        if length > most_bytes {
            return Err(PgError::TooLong { length, most: most_bytes });
        }
        Ok(length)
    }

    /// Waits until so many bytes are there; false where the client has gone before.
    async fn receive(&mut self, bytes: usize) -> Result<bool, PgError> {
        while self.received.len() < bytes {
            let read = self.stream.read_buf(&mut self.received).await;
            if read.map_err(PgError::Lost)? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Tells whether bytes have come that nobody has read.
    pub(crate) fn has_unread(&self) -> bool {
        !self.received.is_empty()
    }

    /// Resolves when the client has gone; what it sends meanwhile is kept, up to a bound.
    pub(crate) async fn gone(&mut self) -> PgError {
        loop {
            if self.received.len() >= KEPT_WHILE_RUNNING {
                // It is told by the next message that is written.
                std::future::pending::<()>().await;
            }
            match self.stream.read_buf(&mut self.received).await {
                Ok(0) => return PgError::Lost(std::io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(fault) => return PgError::Lost(fault),
            }
        }
    }

    /// Tells whether enough has gathered to be sent.
    pub(crate) fn is_full(&self) -> bool {
        self.out.len() >= SENT_AT_ONCE
    }

    /// Sends what has gathered, and waits until the client has taken it.
    ///
    /// Where the future is dropped, what was sent is not sent again.
    pub(crate) async fn flush(&mut self) -> Result<(), PgError> {
        if self.out.is_empty() {
            return Ok(());
        }
        let sending = async {
            while !self.out.is_empty() {
                if self.stream.write_buf(&mut self.out).await? == 0 {
                    return Err(std::io::ErrorKind::WriteZero.into());
                }
            }
            self.stream.flush().await
        };
        match tokio::time::timeout(self.patience, sending).await {
            Ok(sent) => sent.map_err(PgError::Lost),
            Err(_) => Err(PgError::Lost(std::io::ErrorKind::TimedOut.into())),
        }
    }

    /// Sends one byte that stands alone: the answer to a request for encryption.
    pub(crate) async fn answer(&mut self, byte: u8) -> Result<(), PgError> {
        self.out.extend_from_slice(&[byte]);
        self.flush().await
    }

    /// Returns the connection itself, for TLS to begin on.
    pub(crate) fn into_stream(self) -> Box<dyn ByteStream> {
        self.stream
    }

    /// Sends what has gathered and ends the connection; a client that is gone already does not matter.
    pub(crate) async fn close(&mut self) {
        let _ = self.flush().await;
        let _ = self.stream.shutdown().await;
    }

    /// Ends the connection of a client that may still be sending: bytes that nobody reads would take what it was told
    /// last away from it.
    pub(crate) async fn part(&mut self) {
        self.close().await;
        let mut unread = vec![0; 64 << 10];
        let reading = async {
            let mut left = READ_IN_PARTING;
            while left > 0 {
                match self.stream.read(&mut unread).await {
                    Ok(0) | Err(_) => return,
                    Ok(read) => left = left.saturating_sub(read),
                }
            }
        };
        let _ = tokio::time::timeout(PARTING, reading).await;
    }
}
