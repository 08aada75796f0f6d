//! The data directory: which datasets there are, how each is listed, keyed, tagged and described.
//!
//! A dataset is one TOML file under `directory/`; everything else (Arrow schemas, pages, the collector,
//! the policy it needs) reads that one declaration. This crate talks to no cloud and knows no store.

pub mod census_tables;
mod check;
mod column;
mod dataset;
mod directory;
mod error;
mod file;
mod link;
mod nearest;
mod page;
mod proof;
mod read;
mod relation;
pub mod scope;
mod template;

pub use census_tables::{CensusColumn, CensusTable};
pub use column::{Column, ColumnKind, ColumnSource};
pub use dataset::{
    Dataset, LineageVariable, ListCall, Paging, Parent, Relation, RelationPair, TagRules,
};
pub use directory::Directory;
pub use error::{DirectoryError, Fault, FaultKind, Result};
pub use nearest::nearest;
pub use page::{Page, PageField, PageRelation};
pub use proof::{Proof, UnreadPart};
pub use template::{Beginning, MissingVariable, Template, TemplateError};
