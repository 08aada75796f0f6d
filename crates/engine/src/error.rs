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
        expected: String,
    },
    /// A number that is too small or too large for a setting.
    #[error("{value} is outside the valid range for parameter \"{name}\" ({least} .. {most})")]
    SettingOutside {
        /// The setting.
        name: &'static str,
        /// The value.
        value: String,
        /// The least that the setting takes.
        least: String,
        /// The most that the setting takes.
        most: String,
    },
    /// A value of a setting that is either on or off.
    #[error("parameter \"{name}\" requires a Boolean value")]
    NotBoolean {
        /// The setting.
        name: &'static str,
    },
    /// A setting that only a superuser may change.
    #[error("permission denied to set parameter \"{name}\"")]
    PrivilegedSetting {
        /// The setting.
        name: &'static str,
    },
    /// A name that no setting may have.
    #[error("invalid configuration parameter name \"{name}\"")]
    SettingName {
        /// The name.
        name: String,
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
    /// An API, integration or route that is not in the census.
    #[error("{what} \"{name}\" does not exist")]
    NoSuchThing {
        /// What it should be.
        what: &'static str,
        /// Its name as given.
        name: String,
        /// The most similar name there is.
        nearest: Option<String>,
        /// A few of the names there are.
        known: String,
    },
    /// An API that is in the census, but not where it was looked for.
    #[error("API \"{name}\" does not exist in {place}")]
    ApiElsewhere {
        /// Its name as given.
        name: String,
        /// The account and region that were named.
        place: String,
        /// Where it is.
        detail: String,
    },
    /// A name that several things have.
    #[error("{what} \"{name}\" is not unique")]
    Several {
        /// What they are.
        what: &'static str,
        /// Their name.
        name: String,
        /// What they can be told apart by.
        detail: String,
    },
    /// An integration to which several routes lead.
    #[error("several routes lead to integration \"{name}\"")]
    SeveralRoutes {
        /// The integration.
        name: String,
        /// The routes.
        detail: String,
    },
    /// A route that leads to another integration.
    #[error("route \"{route}\" does not lead to integration \"{integration}\"")]
    RouteElsewhere {
        /// The route.
        route: String,
        /// The integration.
        integration: String,
        /// The routes that lead there.
        leading: String,
    },
    /// A failure of a function for an integration that calls none.
    #[error("integration \"{name}\" calls no function that could fail with a message")]
    NoFunction {
        /// The integration.
        name: String,
    },
    /// An API that has no integration responses.
    #[error("API \"{name}\" is an HTTP API, which has no integration responses")]
    HttpApi {
        /// The API.
        name: String,
    },
    /// An API whose own tags hide what selects responses and routes.
    #[error(
        "tag \"{tag}\" of API \"{name}\" hides the member of its resources that is kept under this key"
    )]
    HiddenMember {
        /// The API.
        name: String,
        /// The key of the tag.
        tag: String,
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
            EngineError::FixedSetting { .. } => {
                Error::new(SqlState::CantChangeRuntimeParam, message)
            }
            EngineError::SettingOutside { .. } | EngineError::NotBoolean { .. } => {
                Error::new(SqlState::InvalidParameterValue, message)
            }
            EngineError::PrivilegedSetting { .. } => {
                Error::new(SqlState::InsufficientPrivilege, message)
            }
            EngineError::SettingName { .. } => {
                Error::new(SqlState::InvalidName, message)
                    .with_detail("custom parameter names must be two or more simple identifiers separated by dots")
            }
            EngineError::InvalidSetting { expected, .. } => {
                Error::new(SqlState::InvalidParameterValue, message).with_hint(format!("It takes {expected}."))
            }
            EngineError::Incomplete { missing } => Error::new(SqlState::CannotConnectNow, message)
                .with_detail(missing)
                .with_hint("\"census collect\" reads what is missing, \"census forget\" takes out an account that is closed; SET \
                     census.require_complete = off answers from what there is."),
            EngineError::Timeout => Error::new(SqlState::QueryCanceled, message),
            EngineError::TooManyTags { limit } => Error::new(SqlState::StatementTooComplex, message)
                .with_detail(format!("at most {limit} are allowed"))
                .with_hint("tags->'name' counts as none."),
            EngineError::NoSuchThing { nearest: Some(nearest), .. } => {
                Error::new(SqlState::UndefinedObject, message).with_hint(format!("Perhaps \"{nearest}\"."))
            }
            EngineError::NoSuchThing { known, .. } if known.is_empty() => {
                Error::new(SqlState::UndefinedObject, message).with_hint("None was collected.")
            }
            EngineError::NoSuchThing { known, .. } => {
                Error::new(SqlState::UndefinedObject, message).with_hint(format!("There is {known}."))
            }
            EngineError::ApiElsewhere { detail, .. } => {
                Error::new(SqlState::UndefinedObject, message).with_hint(format!("There is {detail}."))
            }
            EngineError::Several { detail, .. } => Error::new(SqlState::AmbiguousAlias, message)
                .with_detail(detail)
                .with_hint("Name one of them by its id or ARN, or with its account and region."),
            EngineError::SeveralRoutes { detail, .. } => Error::new(SqlState::AmbiguousAlias, message)
                .with_detail(detail)
                .with_hint("Name the route that the message takes."),
            EngineError::RouteElsewhere { leading, .. } if leading.is_empty() => {
                Error::new(SqlState::InvalidParameterValue, message).with_hint("No route leads there.")
            }
            EngineError::RouteElsewhere { leading, .. } => {
                Error::new(SqlState::InvalidParameterValue, message).with_hint(format!("These do: {leading}."))
            }
            EngineError::NoFunction { .. } => Error::new(SqlState::InvalidParameterValue, message)
                .with_hint("Give the backend's status and body instead."),
            EngineError::HttpApi { .. } => Error::new(SqlState::InvalidParameterValue, message)
                .with_hint("Only WebSocket APIs have integration responses."),
            EngineError::HiddenMember { .. } => Error::new(SqlState::ObjectNotInPrerequisiteState, message)
                .with_hint("Rename the tag in AWS, and collect the API again."),
            EngineError::NoTelemetry { .. } => Error::new(SqlState::FeatureNotSupported, message),
        }
    }
}
