//! What an error of a lower layer comes to: which kind of failure it is, and what it says in one line.

use object_store::client::{HttpError, HttpErrorKind};
use std::error::Error as StdError;
use std::fmt;
use std::io;

/// What layers put before the text of their cause, which says nothing of it.
const LAYERS: [&str; 9] = [
    "Failed to read delta log object: ",
    "Generic LocalFileSystem error: ",
    "Kernel error: ",
    "External: ",
    "Arrow error: ",
    "Parquet error: ",
    "EOF: ",
    "Generic S3 error: ",
    "no credentials: ",
];

/// A kind of failure that is told apart from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// There is no room.
    Full,
    /// It is not allowed.
    Denied,
    /// There is no such bucket.
    NoBucket,
    /// No credentials could be had.
    NoCredentials,
    /// The credentials are wrong or expired.
    RefusedCredentials,
    /// Nobody answers.
    Unreachable,
    /// Reading or writing failed for another reason.
    Io,
    /// Nothing failed to be read or written: what was read makes no sense.
    Content,
}

/// Says that a bucket's credentials could not be fetched.
#[derive(Debug, thiserror::Error)]
#[error("no credentials")]
pub(crate) struct NoCredentials(#[source] pub(crate) object_store::Error);

/// An error and its causes in one line, without what they repeat.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cause(String);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Cause {}

/// Walks the chain of causes to the operating system's, the service's or the object store's own verdict.
pub(crate) fn kind(error: &(dyn StdError + 'static)) -> Kind {
    let text = whole_text(error);
    if let Some(kind) = service_code(&text).and_then(kind_of_code) {
        return kind;
    }
    let mut link = Some(error);
    let mut found = None;
    while let Some(error) = link {
        if error.is::<NoCredentials>() {
            return Kind::NoCredentials;
        }
        let verdict = kind_of_link(error);
        if verdict.is_some_and(|kind| kind != Kind::Io) {
            return verdict.unwrap_or(Kind::Io);
        }
        found = found.or(verdict);
        link = error.source();
    }
    found.or_else(|| kind_of_text(&text)).unwrap_or(Kind::Content)
}

fn kind_of_link(error: &(dyn StdError + 'static)) -> Option<Kind> {
    if let Some(error) = error.downcast_ref::<object_store::Error>() {
        return Some(match error {
            object_store::Error::PermissionDenied { .. }
            | object_store::Error::Unauthenticated { .. } => Kind::Denied,
            _ => Kind::Io,
        });
    }
    if let Some(error) = error.downcast_ref::<HttpError>() {
        return Some(match error.kind() {
            HttpErrorKind::Connect | HttpErrorKind::Timeout => Kind::Unreachable,
            _ => Kind::Io,
        });
    }
    error.downcast_ref::<io::Error>().map(|error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Kind::Full,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Kind::Denied,
        _ => Kind::Io,
    })
}

/// Reads the text where a layer keeps only that of its cause.
fn kind_of_text(text: &str) -> Option<Kind> {
    [
        ("No space left on device", Kind::Full),
        ("Permission denied", Kind::Denied),
        ("lacked the necessary privileges", Kind::Denied),
        ("HTTP error", Kind::Unreachable),
        ("Error performing ", Kind::Io),
        ("object store", Kind::Io),
        ("os error", Kind::Io),
    ]
    .into_iter()
    .find_map(|(words, kind)| text.contains(words).then_some(kind))
}

/// Tells what a code of S3 means (Amazon S3 API reference, "Error responses").
fn kind_of_code(code: &str) -> Option<Kind> {
    match code {
        "NoSuchBucket" => Some(Kind::NoBucket),
        "AccessDenied" | "AllAccessDisabled" | "AccountProblem" => Some(Kind::Denied),
        "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "ExpiredToken"
        | "InvalidToken"
        | "InvalidClientTokenId" => Some(Kind::RefusedCredentials),
        _ => None,
    }
}

/// Returns the code of the service's answer, where the error holds one.
fn service_code(text: &str) -> Option<&str> {
    element(text, "Code")
}

fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}

/// Returns what an error and its causes say; of a service's answer its code and message.
pub(crate) fn summary(error: &(dyn StdError + 'static)) -> Cause {
    let text = whole_text(error);
    if let Some(code) = service_code(&text) {
        return Cause(match element(&text, "Message") {
            Some(message) if !message.is_empty() => format!("{code}: {message}"),
            _ => code.to_owned(),
        });
    }
    // The Delta kernel puts a backtrace into its text where RUST_BACKTRACE asks for any.
    let text = text.split("\n   0: ").next().unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut told = words.join(" ");
    while let Some(rest) = LAYERS.iter().find_map(|layer| told.strip_prefix(layer)) {
        told = rest.to_owned();
    }
    Cause(told)
}

/// Joins the texts of an error and its causes; most layers repeat the text of their cause at the end of theirs.
fn whole_text(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut link = error.source();
    while let Some(error) = link {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
        link = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generic(source: impl Into<Box<dyn StdError + Send + Sync>>) -> object_store::Error {
        object_store::Error::Generic { store: "S3", source: source.into() }
    }

    #[test]
    fn an_answer_in_xml_is_told_by_its_code_and_message() {
        let answer = "status code: 404: <?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucket</Code>\
            <Message>The bucket does not exist</Message></Error>";
        let error = generic(answer);
        assert_eq!(kind(&error), Kind::NoBucket);
        assert_eq!(summary(&error).to_string(), "NoSuchBucket: The bucket does not exist");
    }

    #[test]
    fn a_cause_is_not_repeated() {
        let error = generic(io::Error::from(io::ErrorKind::ConnectionReset));
        assert_eq!(kind(&error), Kind::Io);
        assert_eq!(summary(&error).to_string(), "connection reset");
    }

    #[test]
    fn credentials_that_cannot_be_fetched_are_no_lack_of_rights() {
        let error = generic(NoCredentials(generic("401 Unauthorized")));
        assert_eq!(kind(&error), Kind::NoCredentials);
    }

    #[test]
    fn an_expired_token_is_no_lack_of_rights() {
        let error = generic("<Error><Code>ExpiredToken</Code><Message></Message></Error>");
        assert_eq!(kind(&error), Kind::RefusedCredentials);
        assert_eq!(summary(&error).to_string(), "ExpiredToken");
    }

    #[test]
    fn what_cannot_be_parsed_is_content() {
        let error = serde_json::from_str::<serde_json::Value>("{").unwrap_err();
        assert_eq!(kind(&error), Kind::Content);
    }
}
