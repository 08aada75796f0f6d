//! What can go wrong with a store, in PostgreSQL's words.

use census_error::{Error, SqlState};
use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use datafusion::parquet::errors::ParquetError;
use deltalake_core::DeltaTableError;
use std::error::Error as StdError;
use std::io;

/// A result whose error is [`StoreError`].
pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;

type Source = Box<dyn StdError + Send + Sync>;

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
        let source = source.into();
        match kind(source.as_ref()) {
            Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {
                Self::Full { path, source }
            }
            Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
                Self::Denied { path, source }
            }
            _ => Self::Io { action, path, source },
        }
    }
}

/// Walks the chain of causes to the operating system's or object store's own verdict.
fn kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<object_store::Error>() {
            match error {
                object_store::Error::PermissionDenied { .. }
                | object_store::Error::Unauthenticated { .. } => {
                    return Some(io::ErrorKind::PermissionDenied);
                }
                object_store::Error::NotFound { .. } => return Some(io::ErrorKind::NotFound),
                _ => {}
            }
        }
        if let Some(error) = error.downcast_ref::<io::Error>()
            && error.kind() != io::ErrorKind::Other
        {
            return Some(error.kind());
        }
        cause = error.source();
    }
    // Some layers keep only the text of their cause.
    error.to_string().contains("No space left on device").then_some(io::ErrorKind::StorageFull)
}

impl From<ArrowError> for StoreError {
    fn from(source: ArrowError) -> Self {
        Self::Internal(source.into())
    }
}

impl From<DataFusionError> for StoreError {
    fn from(source: DataFusionError) -> Self {
        match source {
            DataFusionError::External(source) => match source.downcast::<Self>() {
                Ok(own) => *own,
                Err(source) => Self::io("read or write", "store", source),
            },
            source if kind(&source).is_some() => Self::io("read or write", "store", source),
            source => Self::Internal(source.into()),
        }
    }
}

impl From<ParquetError> for StoreError {
    fn from(source: ParquetError) -> Self {
        Self::io("read or write", "store", source)
    }
}

impl From<DeltaTableError> for StoreError {
    fn from(source: DeltaTableError) -> Self {
        Self::io("read or write", "store", source)
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
            StoreError::UnknownDataset(_) => Self::new(SqlState::UndefinedTable, message),
            StoreError::UnfitRows { .. } => Self::new(SqlState::DatatypeMismatch, message),
            StoreError::Conflict(_) => Self::new(SqlState::SerializationFailure, message)
                .with_hint("Run it again once the other collection has ended."),
            StoreError::Full { source, .. } => {
                Self::new(SqlState::DiskFull, message).with_source(source)
            }
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
