//! What clients send: the first packet of a connection, and the messages after it.

use super::Body;
use crate::error::PgError;
use bytes::Bytes;

/// The code of a request for TLS.
const TLS_REQUEST: i32 = 80_877_103;
/// The code of a request for encryption through GSSAPI.
const GSS_REQUEST: i32 = 80_877_104;
/// The code of a request to cancel what another connection runs.
const CANCEL_REQUEST: i32 = 80_877_102;

/// The packet that a connection begins with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum StartupPacket {
    /// May TLS begin?
    TlsRequest,
    /// May encryption through GSSAPI begin?
    GssRequest,
    /// Cancel what the connection with this number and key runs.
    Cancel { process: i32, key: Bytes },
    /// Begin a session.
    Startup { major: i32, minor: i32, parameters: Vec<(String, String)> },
}

impl StartupPacket {
    /// Reads the packet, without its length.
    pub(crate) fn read(bytes: Bytes) -> Result<Self, PgError> {
        let mut body = Body::new(bytes);
        match body.long()? {
            TLS_REQUEST => Ok(Self::TlsRequest),
            GSS_REQUEST => Ok(Self::GssRequest),
            CANCEL_REQUEST => Ok(Self::Cancel { process: body.long()?, key: body.rest() }),
            version => {
                let (major, minor) = (version >> 16, version & 0xffff);
                // Only version 3 has parameters; of another one nothing but the number counts.
                let parameters = if major == 3 { parameters(&mut body)? } else { Vec::new() };
                Ok(Self::Startup { major, minor, parameters })
            }
        }
    }
}

/// Reads names and values, up to an empty name.
fn parameters(body: &mut Body) -> Result<Vec<(String, String)>, PgError> {
    let mut parameters = Vec::new();
    loop {
        let name = body.text()?;
        if name.is_empty() {
            return Ok(parameters);
        }
        parameters.push((name, body.text()?));
    }
}

/// Whether a message speaks of a prepared statement or of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Statement,
    Portal,
}

/// A message after the first packet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Message {
    Query(String),
    Parse {
        name: String,
        query: String,
        types: Vec<u32>,
    },
    Bind(Bind),
    Describe {
        target: Target,
        name: String,
    },
    Execute {
        portal: String,
        limit: usize,
    },
    Close {
        target: Target,
        name: String,
    },
    Sync,
    Flush,
    Terminate,
    /// A step of authentication; what it means depends on the step.
    Password(Bytes),
    /// A part of COPY FROM, which nothing asks for: it is read and dropped, as PostgreSQL does after an error.
    Copy,
    FunctionCall,
}

/// A statement and values become a portal.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bind {
    pub(crate) portal: String,
    pub(crate) statement: String,
    pub(crate) parameter_formats: Vec<i16>,
    pub(crate) parameters: Vec<Option<Bytes>>,
    pub(crate) result_formats: Vec<i16>,
}

impl Message {
    /// Reads a message from its letter and body.
    pub(crate) fn read(letter: u8, bytes: Bytes) -> Result<Self, PgError> {
        let mut body = Body::new(bytes);
        let message = match letter {
            b'Q' => Self::Query(body.text()?),
            b'P' => {
                let (name, query) = (body.text()?, body.text()?);
                let count = body.count(4)?;
                let types = (0..count).map(|_| Ok(body.long()?.cast_unsigned()));
                Self::Parse { name, query, types: types.collect::<Result<_, PgError>>()? }
            }
            b'B' => Self::Bind(Bind::read(&mut body)?),
            b'D' => Self::Describe { target: target(&mut body)?, name: body.text()? },
            b'E' => {
                let portal = body.text()?;
                // A negative limit is none, as zero is.
                Self::Execute { portal, limit: usize::try_from(body.long()?).unwrap_or(0) }
            }
            b'C' => Self::Close { target: target(&mut body)?, name: body.text()? },
            b'S' => Self::Sync,
            b'H' => Self::Flush,
            b'X' => Self::Terminate,
            b'p' => Self::Password(body.rest()),
            b'd' | b'c' | b'f' => {
                body.rest();
                Self::Copy
            }
            b'F' => {
                body.rest();
                Self::FunctionCall
            }
            letter => return Err(PgError::UnknownMessage { letter }),
        };
        body.end()?;
        Ok(message)
    }

    /// Tells whether a message belongs to the extended protocol, after an error in which a Sync is waited for.
    pub(crate) fn is_extended(letter: u8) -> bool {
        matches!(letter, b'P' | b'B' | b'D' | b'E' | b'C' | b'H')
    }
}

impl Bind {
    fn read(body: &mut Body) -> Result<Self, PgError> {
        let (portal, statement) = (body.text()?, body.text()?);
        let parameter_formats = formats(body)?;
        let count = body.count(4)?;
        let mut parameters = Vec::with_capacity(count);
        for _ in 0..count {
            parameters.push(match body.long()? {
                -1 => None,
                length => {
                    let length = usize::try_from(length).map_err(|_| PgError::ShortMessage)?;
                    Some(body.bytes(length)?)
                }
            });
        }
        let result_formats = formats(body)?;
        Ok(Self { portal, statement, parameter_formats, parameters, result_formats })
    }
}

/// Reads a list of formats: 0 is text, 1 is binary.
fn formats(body: &mut Body) -> Result<Vec<i16>, PgError> {
    let count = body.count(2)?;
    let format = |_| match body.short()? {
        format @ (0 | 1) => Ok(format),
        format => Err(PgError::UnknownFormat { format }),
    };
    (0..count).map(format).collect()
}

fn target(body: &mut Body) -> Result<Target, PgError> {
    match body.byte()? {
        b'S' => Ok(Target::Statement),
        b'P' => Ok(Target::Portal),
        letter => Err(PgError::UnknownTarget { letter }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bind_is_read() {
        let bytes = b"p\0s\0\0\x01\0\x01\0\x02\0\0\0\x01x\xff\xff\xff\xff\0\x01\0\x01";
        let Ok(Message::Bind(bind)) = Message::read(b'B', Bytes::from_static(bytes)) else {
            panic!("no Bind");
        };
        assert_eq!((bind.portal.as_str(), bind.statement.as_str()), ("p", "s"));
        assert_eq!(bind.parameters, [Some(Bytes::from_static(b"x")), None]);
        assert_eq!((bind.parameter_formats, bind.result_formats), (vec![1], vec![1]));
    }

    #[test]
    fn messages_cut_short_or_gone_on_are_errors() {
        for (letter, bytes) in [
            (b'Q', &b"SELECT 1"[..]),
            (b'Q', b"SELECT 1\0x"),
            (b'P', b"\0SELECT 1\0\xff\xff"),
            (b'B', b"\0\0\0\0\0\x01\x7f\xff\xff\xff"),
            (b'D', b"X\0"),
            (b'E', b"\0\0\0"),
            (b'?', b""),
        ] {
            assert!(Message::read(letter, Bytes::from_static(bytes)).is_err());
        }
    }
}
