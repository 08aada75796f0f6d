//! What can go wrong with a store, in PostgreSQL's words.

use crate::cause::{self, Kind};
use census_error::{Error, SqlState};
use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use std::error::Error as StdError;

/// A result whose error is [`StoreError`].
pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The action of which a failure may mean that what was read is damaged.
const READ: &str = "read";

type Source = Box<dyn StdError + Send + Sync>;

/// Where the credentials of a store in S3 may come from; profiles are read by AWS's own tool.
const CREDENTIALS_HINT: &str = "A store in S3 takes AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a web identity, or \
    the role of a container or an instance. For a profile: \
    eval \"$(aws configure export-credentials --profile NAME --format env)\".";

/// Everything this crate can fail with; converts into [`census_error::Error`].
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The location is a URL of a kind that cannot hold a store.
    #[error("store location \"{0}\" is not supported")]
    UnsupportedLocation(String),
    /// A reader found nothing at the location.
    #[error("store \"{0}\" does not exist")]
    Missing(String),
    /// The location holds something else.
    #[error("\"{0}\" is not a Census store")]
    Foreign(String),
    /// The store was written by a later version of Census.
    #[error(
        "store \"{location}\" has format {found}, but this version reads format {supported} at most"
    )]
    NewerFormat {
        /// Where the store is.
        location: String,
        /// The format its marker names.
        found: u64,
        /// The highest format known here.
        supported: u64,
    },
    /// The bucket of a store in S3 does not exist.
    #[error("the bucket of store \"{path}\" does not exist")]
    NoBucket {
        /// Where the store is, or a file of it.
        path: String,
        /// What the service said.
        #[source]
        source: Source,
    },
    /// There are no credentials for a store in S3.
    #[error("no AWS credentials for store \"{path}\": {reason}")]
    NoCredentials {
        /// Where the store is, or a file of it.
        path: String,
        /// Where they were looked for.
        reason: String,
    },
    /// The service does not accept the credentials.
    #[error("the AWS credentials for store \"{path}\" were refused")]
    RefusedCredentials {
        /// Where the store is, or a file of it.
        path: String,
        /// What the service said.
        #[source]
        source: Source,
    },
    /// Nobody answers at the address of the store.
    #[error("could not reach store \"{path}\"")]
    Unreachable {
        /// Where the store is, or a file of it.
        path: String,
        /// What was tried.
        #[source]
        source: Source,
    },
    /// A variable of the environment has a value that a store in S3 cannot be opened with.
    #[error("invalid value for {name}: {reason}")]
    InvalidVariable {
        /// The variable.
        name: String,
        /// What is wrong with its value.
        reason: String,
    },
    /// A column has another type in the table than in the directory.
    #[error(
        "column \"{column}\" of table \"{table}\" has type {found}, but the directory says {wanted}"
    )]
    ColumnType {
        /// Where the table is.
        table: String,
        /// The column.
        column: String,
        /// Its type in the table.
        found: String,
        /// Its type in the directory.
        wanted: String,
    },
    /// The dataset is not in the directory the recorder was opened with.
    #[error("dataset \"{0}\" is not in the directory")]
    UnknownDataset(String),
    /// Rows do not have the columns of their dataset.
    #[error("rows do not fit dataset \"{dataset}\": {reason}")]
    UnfitRows {
        /// The dataset.
        dataset: String,
        /// What does not fit.
        reason: String,
    },
    /// Another writer committed first, again and again.
    #[error("another collection is writing table \"{0}\"")]
    Conflict(String),
    /// The disk is full.
    #[error("no space left in store \"{path}\"")]
    Full {
        /// Where it happened.
        path: String,
        /// What reported it.
        #[source]
        source: Source,
    },
    /// Reading or writing is not allowed.
    #[error("permission denied for store \"{path}\"")]
    Denied {
        /// Where it happened.
        path: String,
        /// What reported it.
        #[source]
        source: Source,
    },
    /// Reading or writing failed.
    #[error("could not {action} \"{path}\"")]
    Io {
        /// What was being done: "read", "write", …
        action: &'static str,
        /// Where it happened.
        path: String,
        /// What reported it.
        #[source]
        source: Source,
    },
    /// A file of the store does not say what it must.
    #[error("store file \"{path}\" is damaged: {reason}")]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A computation on rows failed that cannot fail: a defect.
    #[error("internal error")]
    Internal(#[source] Source),
}

impl StoreError {
    /// Tells what kind of failure an error of a lower layer is, and where it happened.
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<String>,
        source: impl Into<Source>,
    ) -> Self {
        let path = path.into();
        let error = source.into();
        let kind = cause::kind(error.as_ref());
        let summary = cause::summary(error.as_ref());
        let reason = summary.to_string();
        let source = Box::new(summary);
        match kind {
            Kind::Full => Self::Full { path, source },
            Kind::Denied => Self::Denied { path, source },
            Kind::NoBucket => Self::NoBucket { path, source },
            Kind::NoCredentials => Self::NoCredentials { path, reason },
            Kind::RefusedCredentials => Self::RefusedCredentials { path, source },
            Kind::Unreachable => Self::Unreachable { path, source },
            Kind::Content if action == READ => Self::Damaged { path, reason },
            Kind::Io | Kind::Content => Self::Io { action, path, source },
        }
    }

    /// Tells why a file of a store could not be read.
    pub(crate) fn read(path: impl Into<String>, source: impl Into<Source>) -> Self {
        Self::io(READ, path, source)
    }
}

impl From<ArrowError> for StoreError {
    fn from(source: ArrowError) -> Self {
        Self::Internal(source.into())
    }
}

impl From<DataFusionError> for StoreError {
    /// Takes back a store's own error. The only files that DataFusion itself writes here are those of a large sort.
    fn from(source: DataFusionError) -> Self {
        match source {
            DataFusionError::External(source) => match source.downcast::<Self>() {
                Ok(own) => *own,
                Err(source) => Self::Internal(source),
            },
            source if cause::kind(&source) == Kind::Content => Self::Internal(source.into()),
            source => Self::io("sort rows in", std::env::temp_dir().display().to_string(), source),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::UnsupportedLocation(_) => {
                Self::new(SqlState::InvalidParameterValue, message).with_hint(
                    "A store is a folder, \"memory:\" or a URL that begins with file:// or s3://.",
                )
            }
            StoreError::Missing(_) => Self::new(SqlState::ObjectNotInPrerequisiteState, message)
                .with_hint("Run census collect or census demo first."),
            StoreError::Foreign(_) => Self::new(SqlState::ObjectNotInPrerequisiteState, message)
                .with_hint("Name an empty folder or one that census collect has created."),
            StoreError::NewerFormat { .. } => {
                Self::new(SqlState::ObjectNotInPrerequisiteState, message)
                    .with_hint("Use a newer version of Census.")
            }
            StoreError::NoBucket { source, .. } => {
                Self::new(SqlState::ObjectNotInPrerequisiteState, message)
                    .with_source(source)
                    .with_hint("Create the bucket first, or name another one.")
            }
            StoreError::NoCredentials { .. } => {
                Self::new(SqlState::InvalidAuthorizationSpecification, message)
                    .with_hint(CREDENTIALS_HINT)
            }
            StoreError::RefusedCredentials { source, .. } => {
                Self::new(SqlState::InvalidAuthorizationSpecification, message)
                    .with_source(source)
                    .with_hint(CREDENTIALS_HINT)
            }
            StoreError::Unreachable { source, .. } => {
                Self::new(SqlState::ConnectionFailure, message).with_source(source)
            }
            StoreError::InvalidVariable { .. } => {
                Self::new(SqlState::InvalidParameterValue, message)
            }
            StoreError::ColumnType { .. } => Self::new(SqlState::DatatypeMismatch, message)
                .with_hint(
                    "Collect into another store: the type of a stored column never changes.",
                ),
            StoreError::UnknownDataset(_) => Self::new(SqlState::UndefinedTable, message),
            StoreError::UnfitRows { .. } => Self::new(SqlState::DatatypeMismatch, message),
            StoreError::Conflict(_) => Self::new(SqlState::SerializationFailure, message)
                .with_hint("Run it again once the other collection has ended."),
            StoreError::Full { source, .. } => Self::new(SqlState::DiskFull, message)
                .with_source(source)
                .with_hint("What was written whole is kept; free some space and run it again."),
            StoreError::Denied { source, .. } => {
                Self::new(SqlState::InsufficientPrivilege, message).with_source(source)
            }
            StoreError::Io { source, .. } => {
                Self::new(SqlState::IoError, message).with_source(source)
            }
            StoreError::Damaged { .. } => Self::new(SqlState::DataCorrupted, message),
            StoreError::Internal(source) => Self::internal(source),
        }
    }
}
