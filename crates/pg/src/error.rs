//! Every sentence that the protocol itself says, and how errors are written for clients.

use census_error::{Error, Span, SqlState};
use std::net::SocketAddr;
use std::path::PathBuf;

/// What is wrong with a connection, a message, or how a server is set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PgError {
    /// The client has gone, or does not take what it is sent.
    #[error("connection to client lost")]
    Lost(#[source] std::io::Error),
    /// A message whose body ends too early.
    #[error("insufficient data left in message")]
    ShortMessage,
    /// A message whose body goes on.
    #[error("invalid message format")]
    LongMessage,
    /// A text without the byte that ends it.
    #[error("invalid string in message")]
    UnendedText,
    /// A length that no message has.
    #[error("invalid message length {length}")]
    WrongLength {
        /// The length as stated.
        length: usize,
    },
    /// A message that is longer than allowed.
    #[error("message of {length} bytes is longer than the {most} that are allowed")]
    TooLong {
        /// The length as stated.
        length: usize,
        /// The limit.
        most: usize,
    },
    /// Bytes that are no UTF-8.
    #[error("invalid byte sequence for encoding \"UTF8\": 0x{byte:02x}")]
    NotUtf8 {
        /// The first byte that is none.
        byte: u8,
    },
    /// A message that the protocol does not have.
    #[error("invalid frontend message type {letter}")]
    UnknownMessage {
        /// The message's letter.
        letter: u8,
    },
    /// A message that may not come now.
    #[error("unexpected message \"{letter}\"")]
    MisplacedMessage {
        /// The message's letter.
        letter: char,
    },
    /// A format that is neither text nor binary.
    #[error("unsupported format code: {format}")]
    UnknownFormat {
        /// The format.
        format: i16,
    },
    /// Something other than a statement or a portal.
    #[error("invalid message subtype {letter}")]
    UnknownTarget {
        /// The letter.
        letter: u8,
    },
    /// A version of the protocol other than 3.
    #[error("unsupported frontend protocol {major}.{minor}: server supports 3.0")]
    UnknownVersion {
        /// The version's first part.
        major: i32,
        /// The version's second part.
        minor: i32,
    },
    /// A server that should be reachable from elsewhere without what that needs.
    #[error("listening on {address} needs {what}")]
    Exposed {
        /// The address.
        address: SocketAddr,
        /// What is not configured.
        what: &'static str,
    },
    /// An address that cannot be listened on.
    #[error("could not listen on {address}")]
    Unavailable {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// A certificate or key that cannot be used.
    #[error("TLS file \"{}\" cannot be used", file.display())]
    Tls {
        /// The file.
        file: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A password that is not kept as SCRAM keeps one.
    #[error("password of user \"{user}\" is no SCRAM-SHA-256 verifier")]
    NoVerifier {
        /// The user.
        user: String,
    },
    /// A password that cannot be taken.
    #[error("a password is printable ASCII and at least {least} characters long")]
    UnfitPassword {
        /// The shortest that is allowed.
        least: usize,
    },
}

impl From<PgError> for Error {
    fn from(error: PgError) -> Self {
        let message = error.to_string();
        let new = |sqlstate| Self::new(sqlstate, message.clone());
        match error {
            PgError::Lost(source) => new(SqlState::ConnectionFailure).with_source(source),
            PgError::NotUtf8 { .. } => new(SqlState::CharacterNotInRepertoire),
            PgError::UnknownVersion { .. } => new(SqlState::FeatureNotSupported),
            PgError::Exposed { .. } => new(SqlState::ConfigFileError).with_hint(
                "In census.toml, [serve] takes tls_certificate and tls_key, and [serve.users] a verifier a user, which \"census serve --hash-password\" makes; an address such as 127.0.0.1:5433 needs neither.",
            ),
            PgError::Unavailable { source, .. } => new(SqlState::IoError).with_source(source),
            PgError::Tls { source, .. } => new(SqlState::ConfigFileError).with_source(source),
            PgError::NoVerifier { .. } => new(SqlState::ConfigFileError)
                .with_hint("\"census serve --hash-password\" makes one of a password."),
            PgError::UnknownFormat { .. } | PgError::UnfitPassword { .. } => {
                new(SqlState::InvalidParameterValue)
            }
            _ => new(SqlState::ProtocolViolation),
        }
    }
}

/// How severe a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    Notice,
    Warning,
    Error,
    /// The connection ends.
    Fatal,
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Notice => "NOTICE",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
        }
    }
}

/// Where the statement of an error stands in the text that the client sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    /// All that the client sent at once.
    pub(crate) text: &'a str,
    /// The byte at which the statement begins.
    pub(crate) offset: usize,
}

impl Origin<'static> {
    /// What no text has caused.
    pub(crate) const NONE: Self = Self { text: "", offset: 0 };
}

/// The fields of a report, as the protocol has them.
#[derive(Debug)]
pub(crate) struct Report {
    fields: Vec<(u8, String)>,
}

impl Report {
    /// Writes an error out; its place is counted in characters of all that the client sent at once.
    pub(crate) fn of_error(error: &Error, severity: Severity, origin: Origin<'_>) -> Self {
        let mut report = Self::new(severity, error.sqlstate(), error.message());
        let mut detail = error.detail().unwrap_or_default().to_owned();
        let mut cause = std::error::Error::source(error);
        while let Some(source) = cause {
            let sentence = source.to_string();
            let sentence = sentence.lines().next().unwrap_or_default();
            if !sentence.is_empty() && !detail.contains(sentence) {
                if !detail.is_empty() {
                    detail.push('\n');
                }
                detail.push_str(sentence);
            }
            cause = source.source();
        }
        if !detail.is_empty() {
            report.fields.push((b'D', detail));
        }
        if let Some(hint) = error.hint() {
            report.fields.push((b'H', hint.to_owned()));
        }
        if let Some(span) = error.span()
            && !origin.text.is_empty()
        {
            let start = span.start + origin.offset;
            let position = Span { start, end: start }.position(origin.text);
            report.fields.push((b'P', position.to_string()));
        }
        if !error.context().is_empty() {
            let places: Vec<String> =
                error.context().iter().map(|(name, value)| format!("{name} {value}")).collect();
            report.fields.push((b'W', places.join(", ")));
        }
        report
    }

    /// Writes a message of the server out.
    pub(crate) fn new(severity: Severity, sqlstate: SqlState, message: &str) -> Self {
        Self::with_code(severity, sqlstate.code(), message)
    }

    /// Writes a message out that is no error: `00000`, or `01000` for a warning.
    pub(crate) fn with_code(severity: Severity, code: &str, message: &str) -> Self {
        let word = severity.word().to_owned();
        let fields = vec![
            (b'S', word.clone()),
            (b'V', word),
            (b'C', code.to_owned()),
            (b'M', message.to_owned()),
        ];
        Self { fields }
    }

    /// Returns the fields, each a letter and a text.
    pub(crate) fn fields(&self) -> Vec<(u8, &str)> {
        self.fields.iter().map(|(letter, text)| (*letter, text.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_is_counted_in_characters_of_the_whole_text() {
        let text = "SELECT 'ü'; SELECT nope";
        let offset = text.find("SELECT nope").unwrap();
        let error = Error::new(SqlState::UndefinedColumn, "column \"nope\" does not exist")
            .with_span(Span { start: 7, end: 11 });
        let report = Report::of_error(&error, Severity::Error, Origin { text, offset });
        let place = report.fields().into_iter().find(|(letter, _)| *letter == b'P');
        assert_eq!(place, Some((b'P', "20")));
    }
}
