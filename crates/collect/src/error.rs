//! Everything that can keep a census from being taken; what one scope meets ends up in its report.

use crate::failure::{Failure, FailureKind};
use crate::reason::Reason;
use census_directory::MissingVariable;
use census_error::{Error, SqlState};

/// The result of collecting.
pub type Result<T, E = CollectError> = std::result::Result<T, E>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why something could not be collected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// No file defines a profile.
    #[error("profile \"{name}\" does not exist")]
    UnknownProfile {
        /// The name.
        name: String,
        /// The names that are defined, sorted.
        known: Vec<String>,
    },
    /// AWS's shared configuration files cannot be read.
    #[error("the shared configuration files of AWS could not be read")]
    SharedConfiguration(#[source] Cause),
    /// A configured address is none.
    #[error("endpoint URL \"{url}\" of service \"{service}\" is not valid")]
    InvalidEndpoint {
        /// The service's id, as overrides name it.
        service: String,
        /// The text.
        url: String,
    },
    /// A role's name is none.
    #[error("role ARN \"{0}\" is not valid")]
    InvalidRole(String),
    /// No source of credentials has any.
    #[error("no credentials were found in {account}")]
    NoCredentials {
        /// Where they were looked for.
        account: String,
        /// What the provider says.
        reason: Reason,
    },
    /// A source of credentials failed.
    #[error("credentials could not be loaded from {account}: {}", reason.message)]
    CredentialsFailed {
        /// Where they were looked for.
        account: String,
        /// What the provider, or AWS, says.
        reason: Reason,
        /// The whole chain.
        source: Cause,
    },
    /// A profile's role wants a code that nobody is asked for.
    #[error("profile \"{profile}\" needs a code of the device \"{serial}\" (mfa_serial)")]
    MultiFactor {
        /// The profile.
        profile: String,
        /// The device's ARN or number.
        serial: String,
    },
    /// The account behind credentials could not be learnt.
    #[error("the account of {account} could not be identified: {message}")]
    Unidentified {
        /// The source of the credentials.
        account: String,
        /// AWS's name of the error, if it answered.
        code: Option<String>,
        /// AWS's sentence, or what went wrong on the way.
        message: String,
        /// The whole chain.
        source: Cause,
    },
    /// No region is configured.
    #[error("no region is configured for {account}")]
    NoRegion {
        /// The source of the credentials.
        account: String,
    },
    /// The regions of an account could not be listed.
    #[error("the regions of account \"{account_id}\" could not be listed: {failure}")]
    RegionsUnknown {
        /// The account.
        account_id: String,
        /// Why.
        failure: Failure,
    },
    /// No region of the account fits what was asked for.
    #[error("no region of account \"{account_id}\" matches {patterns}")]
    NoRegionMatches {
        /// The account.
        account_id: String,
        /// The patterns, quoted.
        patterns: String,
    },
    /// A region is none that AWS knows.
    #[error("region \"{name}\" does not exist")]
    UnknownRegion {
        /// The name or pattern.
        name: String,
        /// The region that it most likely misspells.
        nearest: Option<String>,
    },
    /// The accounts of an organization could not be listed.
    #[error("the accounts of the organization of {account} could not be listed: {failure}")]
    OrganizationUnknown {
        /// The source of the credentials.
        account: String,
        /// Why.
        failure: Failure,
    },
    /// The organization lists no account, or units were chosen that hold none.
    #[error("no active account was found in the organization of {account}")]
    NoMember {
        /// The source of the credentials.
        account: String,
    },
    /// Nothing was asked for.
    #[error("no account is given")]
    NoAccount,
    /// The reserve leaves nothing.
    #[error("reserve of {0} percent is not below 100")]
    InvalidReserve(u8),
    /// A quota of nothing would wait forever.
    #[error("quota of {0} requests per second is not positive")]
    InvalidQuota(f64),
    /// The bundle of certificates cannot be used.
    #[error("certificates of {variable} \"{path}\" could not be read")]
    CertificateBundle {
        /// The environment variable that names it.
        variable: &'static str,
        /// The file.
        path: String,
        /// Why.
        source: Cause,
    },
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made")]
    HttpClient(#[source] reqwest::Error),
    /// A value does not fit its column.
    #[error(
        "{found} in member \"{member}\" does not fit column \"{column}\" of type {expected} in dataset \"{dataset}\""
    )]
    UnexpectedValue {
        /// The dataset.
        dataset: String,
        /// The column.
        column: String,
        /// The wire name of the member.
        member: String,
        /// The column's type.
        expected: &'static str,
        /// The kind of value that came.
        found: &'static str,
    },
    /// An item of a list is no object.
    #[error("{found} in the list of dataset \"{dataset}\" is no object")]
    UnexpectedItem {
        /// The dataset.
        dataset: String,
        /// The kind of value that came.
        found: &'static str,
    },
    /// A key or path needs a member that the item lacks.
    #[error("an item of dataset \"{dataset}\" lacks what its key or path needs")]
    Incomplete {
        /// The dataset.
        dataset: String,
        /// The variable and its template.
        #[source]
        source: MissingVariable,
    },
    /// Rows that do not make a batch, or a task that broke.
    #[error("rows of dataset \"{dataset}\" do not make a batch")]
    Batch {
        /// The dataset.
        dataset: String,
        /// Why.
        source: datafusion::arrow::error::ArrowError,
    },
    /// A task of the collector ended abnormally.
    #[error("a task of the collector ended abnormally")]
    Task(#[from] tokio::task::JoinError),
}

impl CollectError {
    /// Returns the name that coverage shows where AWS gave none.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::UnexpectedValue { .. } | Self::UnexpectedItem { .. } => "UnexpectedValue",
            Self::Incomplete { .. } => "IncompleteItem",
            _ => "InternalError",
        }
    }

    /// Returns the sentence with the sentences of what caused it.
    pub(crate) fn sentence(&self) -> String {
        chain(self)
    }
}

/// Returns an error's sentence and those of its causes, joined by colons and without repetition.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        let sentence = source.to_string();
        if !text.contains(&sentence) {
            text.push_str(": ");
            text.push_str(&sentence);
        }
        cause = source.source();
    }
    text
}

const LOG_IN: &str = "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with \"aws sso login\".";
const LOG_IN_AGAIN: &str =
    "If the session has ended, log in again, for example with \"aws sso login\".";
const CODE_IS_ASKED: &str = "Nobody is asked for a code here: get a session with \"aws sts get-session-token\", and name a profile of its keys.";
const TRY_LATER: &str = "AWS asked to slow down; take the census again later.";
const CHOOSE_REGION: &str =
    "Set AWS_REGION, give the profile a region, or name regions with --regions.";
const WRITE_ENDPOINT: &str =
    "Addresses are written as in http://localhost:4566; see AWS_ENDPOINT_URL and endpoint_url.";
const CHECK_CONNECTION: &str =
    "Check the network, AWS_ENDPOINT_URL, AWS_CA_BUNDLE and HTTPS_PROXY.";

/// Returns what helps where AWS refused credentials, by its name of the error.
fn hint_on_refusal(code: &str) -> &'static str {
    match code {
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => {
            "Log in again, for example with \"aws sso login\", or renew the keys."
        }
        "InvalidClientTokenId" | "UnrecognizedClientException" => {
            "The access key may be deleted, of another partition, or lack its AWS_SESSION_TOKEN."
        }
        "SignatureDoesNotMatch" | "InvalidSignatureException" => {
            "The secret access key may be another one's, or the clock may be wrong."
        }
        "AccessDenied" | "AccessDeniedException" => {
            "The role must exist and trust the caller, who needs \"sts:AssumeRole\" on it."
        }
        "Throttling" | "ThrottlingException" | "RequestLimitExceeded" => TRY_LATER,
        _ => LOG_IN_AGAIN,
    }
}

/// Returns SQLSTATE and hint.
fn classified(error: &CollectError) -> (SqlState, Option<&'static str>) {
    use CollectError as E;
    match error {
        E::UnknownProfile { .. } => (SqlState::UndefinedObject, None),
        E::SharedConfiguration(_) | E::CertificateBundle { .. } => {
            (SqlState::ConfigFileError, None)
        }
        E::InvalidEndpoint { .. } => (SqlState::InvalidParameterValue, Some(WRITE_ENDPOINT)),
        E::InvalidRole(_) => (
            SqlState::InvalidParameterValue,
            Some("Roles are named as in arn:aws:iam::111122223333:role/census."),
        ),
        E::NoCredentials { .. } => (SqlState::InvalidAuthorizationSpecification, Some(LOG_IN)),
        E::MultiFactor { .. } => (SqlState::InvalidAuthorizationSpecification, Some(CODE_IS_ASKED)),
        E::CredentialsFailed { reason, .. } if reason.is_throttled => {
            (SqlState::ConnectionFailure, Some(TRY_LATER))
        }
        E::CredentialsFailed { reason, .. } if reason.is_connection => {
            (SqlState::ConnectionFailure, Some(CHECK_CONNECTION))
        }
        E::CredentialsFailed { reason: Reason { code, .. }, .. } => (
            SqlState::InvalidAuthorizationSpecification,
            Some(hint_on_refusal(code.as_deref().unwrap_or_default())),
        ),
        E::Unidentified { code: Some(code), .. } => {
            (SqlState::InvalidAuthorizationSpecification, Some(hint_on_refusal(code)))
        }
        E::NoRegion { .. } => (SqlState::InvalidParameterValue, Some(CHOOSE_REGION)),
        E::RegionsUnknown { failure, .. } if failure.kind == FailureKind::Denied => (
            SqlState::InsufficientPrivilege,
            Some("Allow \"ec2:DescribeRegions\", or name regions with --regions."),
        ),
        E::RegionsUnknown { .. } => {
            (SqlState::ConnectionFailure, Some("Regions can also be named with --regions."))
        }
        E::NoRegionMatches { .. } | E::UnknownRegion { .. } => (
            SqlState::InvalidParameterValue,
            Some("Patterns are written as in eu-*; all stands for every region."),
        ),
        E::OrganizationUnknown { failure, .. } if failure.kind == FailureKind::Denied => (
            SqlState::InsufficientPrivilege,
            Some(
                "Organizations answers its management account and delegated administrators; see census plan --organization --policy.",
            ),
        ),
        E::OrganizationUnknown { failure, .. }
            if failure.code.as_deref() == Some("AWSOrganizationsNotInUseException") =>
        {
            (
                SqlState::InvalidParameterValue,
                Some("Accounts can also be named with --role-arn or --profile."),
            )
        }
        E::NoMember { .. } => (
            SqlState::InvalidParameterValue,
            Some(
                "Look at what --include-ou and --exclude-ou leave, or name accounts with --role-arn.",
            ),
        ),
        E::OrganizationUnknown { failure, .. } if failure.kind == FailureKind::Rejected => (
            SqlState::InvalidParameterValue,
            Some("Organizational units are named as in ou-a1b2-c3d4e5f6."),
        ),
        E::Unidentified { .. } | E::OrganizationUnknown { .. } => {
            (SqlState::ConnectionFailure, Some(CHECK_CONNECTION))
        }
        E::NoAccount | E::InvalidReserve(_) | E::InvalidQuota(_) => {
            (SqlState::InvalidParameterValue, None)
        }
        E::UnexpectedValue { .. } | E::UnexpectedItem { .. } | E::Incomplete { .. } => {
            (SqlState::DatatypeMismatch, None)
        }
        E::HttpClient(_) | E::Batch { .. } | E::Task(_) => (SqlState::InternalError, None),
    }
}

/// Returns what AWS called the error, or where credentials were looked for in vain.
fn detail(error: &CollectError) -> Option<String> {
    use CollectError as E;
    match error {
        E::Unidentified { code: Some(code), .. }
        | E::CredentialsFailed {
            reason: Reason { code: Some(code), is_connection: false, .. },
            ..
        } => Some(format!("AWS calls it {code}.")),
        E::NoCredentials { reason, .. } => Some(reason.message.clone()),
        _ => None,
    }
}

impl From<CollectError> for Error {
    fn from(error: CollectError) -> Self {
        use CollectError as E;
        if matches!(error, E::HttpClient(_) | E::Batch { .. } | E::Task(_)) {
            return Self::internal(error);
        }
        let (state, hint) = classified(&error);
        let mut converted = Self::new(state, error.to_string());
        if let Some(detail) = detail(&error) {
            converted = converted.with_detail(detail);
        }
        if let Some(hint) = hint {
            converted = converted.with_hint(hint);
        }
        match error {
            E::UnknownRegion { nearest: Some(nearest), .. } => {
                converted.with_hint(format!("Perhaps the region \"{nearest}\"."))
            }
            E::UnknownProfile { known, .. } if !known.is_empty() => {
                converted.with_hint(format!("Profiles are {}.", quoted(&known)))
            }
            E::SharedConfiguration(source) | E::CertificateBundle { source, .. } => {
                converted.with_source(source)
            }
            _ => converted,
        }
    }
}

/// Returns the first few names in quotes.
fn quoted(names: &[String]) -> String {
    const MOST: usize = 8;
    let mut names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    if names.len() > MOST {
        let others = names.len() - MOST;
        names.truncate(MOST);
        names.push(format!("{others} others"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_region_says_what_to_do() {
        let error =
            Error::from(CollectError::NoRegion { account: "the profile \"audit\"".to_owned() });
        insta::assert_snapshot!(census_error::terminal(&error, None), @r#"
        ERROR:  22023: no region is configured for the profile "audit"
        HINT:  Set AWS_REGION, give the profile a region, or name regions with --regions.
        "#);
    }

    #[test]
    fn missing_credentials_are_an_authorization_error_with_a_hint() {
        let error = Error::from(CollectError::NoCredentials {
            account: "the default credential chain".to_owned(),
            reason: Reason {
                code: None,
                message: "no provider in chain provided credentials".to_owned(),
                is_connection: false,
                is_throttled: false,
                is_missing: true,
            },
        });
        insta::assert_snapshot!(census_error::terminal(&error, None), @r#"
        ERROR:  28000: no credentials were found in the default credential chain
        DETAIL:  no provider in chain provided credentials
        HINT:  Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with "aws sso login".
        "#);
    }

    #[test]
    fn an_unknown_profile_names_the_known_ones() {
        let known = (0..10).map(|number| format!("p{number}")).collect();
        let error = Error::from(CollectError::UnknownProfile { name: "p".to_owned(), known });
        insta::assert_snapshot!(census_error::terminal(&error, None), @r#"
        ERROR:  42704: profile "p" does not exist
        HINT:  Profiles are "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", 2 others.
        "#);
    }
}
