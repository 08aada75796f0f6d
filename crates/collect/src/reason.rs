//! What lies at the bottom of an error of AWS's SDK, whose own sentences mostly say that one happened.

use crate::failure::{Failure, FailureKind, one_line};
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_types::error::ErrorMetadata;
use std::error::Error;

/// Why a call or a provider of the SDK failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// AWS's name of the error, if it answered.
    pub code: Option<String>,
    /// AWS's sentence, or what went wrong on the way.
    pub message: String,
    /// Whether the way there failed, or what answered was not the service.
    pub is_connection: bool,
    /// Whether AWS asked to slow down, to the last attempt.
    pub is_throttled: bool,
    /// Whether there are no credentials to begin with.
    pub is_missing: bool,
}

impl Reason {
    /// Looks for what AWS said, for what happened on the way, or else for the innermost cause.
    pub(crate) fn of(error: &(dyn Error + 'static)) -> Self {
        let mut innermost = error;
        let mut is_missing = false;
        loop {
            is_missing |= matches!(
                innermost.downcast_ref::<CredentialsError>(),
                Some(CredentialsError::CredentialsNotLoaded(_))
            );
            if let Some(told) = innermost.downcast_ref::<ErrorMetadata>()
                && told.code().is_some()
            {
                let message = told.message().unwrap_or("AWS gives no reason");
                return Self {
                    code: told.code().map(one_line),
                    message: one_line(message),
                    is_connection: false,
                    is_throttled: false,
                    is_missing,
                };
            }
            if let Some(failure) = innermost.downcast_ref::<Failure>() {
                let is_throttled = failure.kind == FailureKind::Throttled;
                return Self {
                    code: failure.code.clone(),
                    message: failure.message.clone(),
                    is_connection: !is_throttled,
                    is_throttled,
                    is_missing,
                };
            }
            match innermost.source() {
                Some(source) => innermost = source,
                None => break,
            }
        }
        let message = one_line(&without_boilerplate(&innermost.to_string()));
        Self { code: None, message, is_connection: false, is_throttled: false, is_missing }
    }
}

/// Keeps of the default chain's account, a line for each place, what tells the places apart.
fn without_boilerplate(text: &str) -> String {
    let Some((_, places)) = text.split_once("Attempted:") else {
        return text.to_owned();
    };
    let places: Vec<String> = places
        .lines()
        .map(|place| place.trim().replace(": the credential provider was not enabled", ""))
        .filter(|place| !place.is_empty())
        .collect();
    places.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_credentials_name_the_places_on_one_line() {
        let chain = "no credentials found in chain. Attempted:\n  Environment: the credential provider was \
                     not enabled: not set\n  Profile: the credential provider was not enabled";
        let error = CredentialsError::provider_error(CredentialsError::not_loaded(chain));
        let reason = Reason::of(&error);
        assert!(reason.is_missing && !reason.is_connection);
        assert_eq!(reason.message, "Environment: not set, Profile");
    }

    #[test]
    fn what_happened_on_the_way_is_told_in_our_words() {
        let failure = Failure::new(crate::failure::FailureKind::Unreachable, "no way");
        let reason = Reason::of(&CredentialsError::provider_error(failure));
        assert_eq!((reason.message.as_str(), reason.is_connection), ("no way", true));
    }
}
