//! Every sentence that the engine itself says.

use census_error::{Error, SqlState};

/// What is wrong with a session or with what it is asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A setting that does not exist.
    #[error("unrecognized configuration parameter \"{name}\"")]
    UnknownSetting {
        /// The setting as written, lower case.
        name: String,
        /// The most similar setting there is.
        nearest: Option<&'static str>,
    },
    /// A setting that cannot be changed.
    #[error("parameter \"{name}\" cannot be changed")]
    FixedSetting {
        /// The setting.
        name: &'static str,
    },
    /// A value that a setting cannot have.
    #[error("invalid value for parameter \"{name}\": \"{value}\"")]
    InvalidSetting {
        /// The setting.
        name: &'static str,
        /// The value as given.
        value: String,
        /// What the setting takes.
        expected: &'static str,
    },
    /// The answer would be incomplete and `census.require_complete` is on.
    #[error("answer would be incomplete")]
    Incomplete {
        /// What is missing.
        missing: String,
    },
    /// The statement ran longer than `statement_timeout`.
    #[error("canceling statement due to statement timeout")]
    Timeout,
    /// More tag references than are resolved.
    #[error("too many tag references in one statement")]
    TooManyTags {
        /// How many are allowed.
        limit: usize,
    },
    /// A relation of the vendor's platform that has no store here.
    #[error("\"{name}\" is not available: Census keeps no logs, metrics or costs")]
    NoTelemetry {
        /// The relation.
        name: String,
    },
}

impl From<EngineError> for Error {
    fn from(error: EngineError) -> Self {
        let message = error.to_string();
        match error {
            EngineError::UnknownSetting { nearest: Some(nearest), .. } => {
                Error::new(SqlState::UndefinedObject, message).with_hint(format!("Perhaps \"{nearest}\"."))
            }
            EngineError::UnknownSetting { .. } => {
                Error::new(SqlState::UndefinedObject, message).with_hint("SHOW ALL lists the settings.")
            }
            EngineError::FixedSetting { .. } => Error::new(SqlState::InvalidParameterValue, message),
            EngineError::InvalidSetting { expected, .. } => {
                Error::new(SqlState::InvalidParameterValue, message).with_hint(format!("It takes {expected}."))
            }
            EngineError::Incomplete { missing } => Error::new(SqlState::CannotConnectNow, message)
                .with_detail(missing)
                .with_hint("\"census collect\" reads what is missing; SET census.require_complete = off answers from what there is."),
            EngineError::Timeout => Error::new(SqlState::QueryCanceled, message),
            EngineError::TooManyTags { limit } => Error::new(SqlState::StatementTooComplex, message)
                .with_detail(format!("at most {limit} are allowed"))
                .with_hint("tags->'name' counts as none."),
            EngineError::NoTelemetry { .. } => Error::new(SqlState::FeatureNotSupported, message),
        }
    }
}
