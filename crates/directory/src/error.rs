//! Everything this crate can complain about, so that all its sentences can be read in one sitting.

use crate::{ColumnKind, TemplateError};
use census_error::SqlState;
use std::fmt;
use std::io;

/// A result of this crate.
pub type Result<T, E = DirectoryError> = std::result::Result<T, E>;

/// What can go wrong with the directory.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// No dataset has this id.
    #[error("relation \"{id}\" does not exist")]
    UnknownDataset {
        /// What was asked for.
        id: String,
        /// The dataset that was probably meant.
        nearest: Option<String>,
    },
    /// A folder of dataset files cannot be listed.
    #[error("folder \"{folder}\" cannot be read")]
    UnreadableFolder {
        /// The folder.
        folder: String,
        /// Why.
        source: io::Error,
    },
    /// Dataset files have faults; never empty, sorted by file and line.
    #[error("{}", summary(.0))]
    Faulty(Vec<Fault>),
}

fn summary(faults: &[Fault]) -> String {
    match faults {
        [only] => only.to_string(),
        [first, others @ ..] => format!("{first} (and {} more)", others.len()),
        [] => "the dataset files have faults".to_owned(),
    }
}

impl From<DirectoryError> for census_error::Error {
    fn from(error: DirectoryError) -> Self {
        let message = error.to_string();
        match error {
            DirectoryError::UnknownDataset { nearest, .. } => {
                let unknown = Self::new(SqlState::UndefinedTable, message);
                match nearest {
                    Some(id) => unknown.with_hint(format!("Perhaps the dataset \"{id}\".")),
                    None => unknown,
                }
            }
            DirectoryError::UnreadableFolder { source, .. } => {
                Self::new(SqlState::IoError, message).with_source(source)
            }
            DirectoryError::Faulty(faults) => {
                let product = Self::new(SqlState::ConfigFileError, message);
                match faults.as_slice() {
                    [only] => match only.hint() {
                        Some(hint) => product.with_hint(hint),
                        None => product,
                    },
                    all => product.with_detail(
                        all.iter().map(Fault::sentence).collect::<Vec<_>>().join("\n"),
                    ),
                }
            }
        }
    }
}

/// A fault of a dataset file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named when it was read.
    pub file: String,
    /// The line, counted from 1; `None` where the file as a whole is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: FaultKind,
}

impl Fault {
    /// Returns what to do about it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        self.kind.hint()
    }

    /// Returns the fault and its hint on one line.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.hint() {
            Some(hint) => format!("{self}: {hint}"),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.kind),
            None => write!(f, "{}: {}", self.file, self.kind),
        }
    }
}

/// What is wrong with a dataset file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The file cannot be read as text.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The file lies in no folder that would name its schema.
    #[error("the file is not in the folder of a schema")]
    Misplaced,
    /// It is not TOML, or not of a dataset file's shape.
    #[error("{message}")]
    Shape {
        /// What the reader of TOML says.
        message: String,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// The id is not that of the file.
    #[error("id \"{found}\" does not match the file's name")]
    WrongId {
        /// The id in the file.
        found: String,
        /// The id that the folder and the file's name make.
        expected: String,
    },
    /// The folder is named like a schema that is not for datasets of a cloud.
    #[error("schema \"{0}\" is reserved")]
    ReservedSchema(String),
    /// A title or description is empty or absent.
    #[error("{owner} has no {part}")]
    MissingText {
        /// The dataset or `column "x"`.
        owner: String,
        /// `title` or `description`.
        part: &'static str,
    },
    /// A column that every dataset has is absent.
    #[error("column \"{0}\" is missing")]
    MissingColumn(&'static str),
    /// A column is there twice.
    #[error("column \"{0}\" is defined twice")]
    DuplicateColumn(String),
    /// A column stands in the wrong place.
    #[error("column \"{name}\" is out of order")]
    ColumnOrder {
        /// The column.
        name: String,
        /// The column it stands behind and belongs before.
        before: String,
    },
    /// A column's name cannot be typed in SQL without quotes, or looks like one of Census.
    #[error("\"{0}\" is not a column name")]
    InvalidColumnName(String),
    /// A type that does not exist.
    #[error("unknown column type \"{found}\"")]
    UnknownType {
        /// The type in the file.
        found: String,
        /// The type that was probably meant.
        nearest: Option<&'static str>,
    },
    /// A type that this column cannot have.
    #[error("column \"{column}\" cannot be of type \"{found}\"")]
    WrongType {
        /// The column.
        column: String,
        /// The type in the file.
        found: &'static str,
        /// What it can be.
        expected: &'static str,
    },
    /// Keys of a column that contradict each other.
    #[error("column \"{column}\" cannot have \"{key}\"")]
    ContradictoryKey {
        /// The column.
        column: String,
        /// The key that cannot be there.
        key: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// Text in braces that is no template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A value that its key does not take.
    #[error("\"{value}\" is not {expected}")]
    InvalidValue {
        /// The value in the file.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A template or a skip names a variable that nothing hands down.
    #[error("no ancestor hands down the variable \"{name}\"")]
    UnknownVariable {
        /// The variable.
        name: String,
        /// The variable that was probably meant.
        nearest: Option<String>,
        /// All variables that can stand there.
        known: Vec<String>,
    },
    /// A variable that an ancestor hands down already, or that is built in.
    #[error("variable \"{name}\" is already handed down by {by}")]
    DuplicateVariable {
        /// The variable.
        name: String,
        /// Who hands it down.
        by: String,
    },
    /// A parent that does not exist.
    #[error("parent dataset \"{id}\" does not exist")]
    UnknownParent {
        /// The parent.
        id: String,
        /// The dataset that was probably meant.
        nearest: Option<String>,
    },
    /// A relation to a dataset that does not exist.
    #[error("related dataset \"{id}\" does not exist")]
    UnknownRelated {
        /// The dataset.
        id: String,
        /// The dataset that was probably meant.
        nearest: Option<String>,
    },
    /// A relation by something that is no id of the other dataset.
    #[error("\"{name}\" is no id of dataset \"{dataset}\"")]
    UnknownId {
        /// The name.
        name: String,
        /// The other dataset.
        dataset: String,
        /// The other dataset's ids.
        known: Vec<String>,
    },
    /// A relation by a column or tag that the dataset does not have.
    #[error("\"{name}\" is neither a column of text nor a tag of the dataset")]
    UnknownPointer {
        /// The name.
        name: String,
        /// The column or tag that was probably meant.
        nearest: Option<String>,
    },
    /// A dataset that is its own ancestor.
    #[error("dataset \"{id}\" is its own ancestor")]
    Cycle {
        /// The dataset.
        id: String,
        /// The way back to it.
        way: String,
    },
}

impl FaultKind {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Shape { nearest, .. } => {
                nearest.as_ref().map(|key| format!("Perhaps \"{key}\"."))
            }
            Self::Misplaced => Some("Expected a place such as aws/thing.toml.".to_owned()),
            Self::WrongId { expected, .. } => Some(format!("Expected \"{expected}\".")),
            Self::ColumnOrder { before, .. } => Some(format!(
                "Columns are \"_key\", then the others by name; it belongs before \"{before}\"."
            )),
            Self::InvalidColumnName(_) => Some("Expected lower snake case.".to_owned()),
            Self::UnknownType { nearest: Some(kind), .. } => Some(format!("Perhaps \"{kind}\".")),
            Self::UnknownType { .. } => {
                let all: Vec<_> = ColumnKind::ALL.iter().map(|kind| kind.as_str()).collect();
                Some(format!("Types are {}.", all.join(", ")))
            }
            Self::WrongType { expected, .. } => Some(format!("Expected {expected}.")),
            Self::ContradictoryKey { reason, .. } => Some((*reason).to_owned()),
            Self::UnknownVariable { nearest: Some(name), .. }
            | Self::UnknownPointer { nearest: Some(name), .. } => {
                Some(format!("Perhaps \"{name}\"."))
            }
            Self::UnknownVariable { known, .. } => {
                Some(format!("Variables here are {}.", known.join(", ")))
            }
            Self::UnknownParent { nearest, .. } | Self::UnknownRelated { nearest, .. } => {
                nearest.as_ref().map(|id| format!("Perhaps the dataset \"{id}\"."))
            }
            Self::UnknownId { known, .. } => Some(format!("Its ids are {}.", known.join(", "))),
            Self::UnknownPointer { .. } => Some(
                "Where it goes by another name, say so: by = { other_id = \"own_column\" }."
                    .to_owned(),
            ),
            Self::Cycle { way, .. } => Some(format!("{way}.")),
            _ => None,
        }
    }
}
