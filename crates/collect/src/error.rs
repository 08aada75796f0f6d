//! Everything that can keep a census from being taken; what one scope meets ends up in its report.

use crate::failure::{Failure, FailureKind};
use census_directory::MissingVariable;
use census_error::{Error, SqlState};

/// The result of collecting.
pub type Result<T, E = CollectError> = std::result::Result<T, E>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why something could not be collected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// No source of credentials has any.
    #[error("no credentials were found in {account}")]
    NoCredentials {
        /// Where they were looked for.
        account: String,
        /// What the provider says.
        source: Cause,
    },
    /// A source of credentials failed.
    #[error("credentials could not be loaded from {account}")]
    CredentialsFailed {
        /// Where they were looked for.
        account: String,
        /// What the provider says.
        source: Cause,
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
const CHOOSE_REGION: &str =
    "Set AWS_REGION, give the profile a region, or name regions with --regions.";

impl From<CollectError> for Error {
    fn from(error: CollectError) -> Self {
        use CollectError as E;
        let message = error.to_string();
        let (state, hint) = match &error {
            E::NoCredentials { .. } => (SqlState::InvalidAuthorizationSpecification, Some(LOG_IN)),
            E::CredentialsFailed { .. } => (SqlState::InvalidAuthorizationSpecification, None),
            E::Unidentified { code: Some(_), .. } => {
                (SqlState::InvalidAuthorizationSpecification, None)
            }
            E::Unidentified { .. } => (SqlState::ConnectionFailure, None),
            E::NoRegion { .. } => (SqlState::InvalidParameterValue, Some(CHOOSE_REGION)),
            E::RegionsUnknown { failure, .. } => match failure.kind {
                FailureKind::Denied => (
                    SqlState::InsufficientPrivilege,
                    Some("Allow \"ec2:DescribeRegions\", or name regions with --regions."),
                ),
                _ => {
                    (SqlState::ConnectionFailure, Some("Regions can also be named with --regions."))
                }
            },
            E::NoAccount | E::InvalidReserve(_) | E::InvalidQuota(_) => {
                (SqlState::InvalidParameterValue, None)
            }
            E::CertificateBundle { .. } => (SqlState::ConfigFileError, None),
            E::UnexpectedValue { .. } | E::UnexpectedItem { .. } | E::Incomplete { .. } => {
                (SqlState::DatatypeMismatch, None)
            }
            E::HttpClient(_) | E::Batch { .. } | E::Task(_) => return Self::internal(error),
        };
        let mut converted = Self::new(state, message);
        if let E::Unidentified { code: Some(code), .. } = &error {
            converted = converted.with_detail(format!("AWS calls it {code}."));
        }
        if let Some(hint) = hint {
            converted = converted.with_hint(hint);
        }
        match error {
            E::NoCredentials { source, .. }
            | E::CredentialsFailed { source, .. }
            | E::CertificateBundle { source, .. } => converted.with_source(source),
            _ => converted,
        }
    }
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
            source: "no provider in chain provided credentials".into(),
        });
        insta::assert_snapshot!(census_error::terminal(&error, None), @r#"
        ERROR:  28000: no credentials were found in the default credential chain
        CAUSE:  no provider in chain provided credentials
        HINT:  Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with "aws sso login".
        "#);
    }
}
