//! The shape of a dataset file, with the place of everything that can be wrong.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// Text with its place in the file.
pub type Text = Spanned<String>;

/// A dataset file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatasetFile {
    pub id: Text,
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub documentation: Option<Text>,
    pub key: Text,
    pub list: ListTable,
    pub parent: Option<ParentTable>,
    #[serde(default)]
    pub lineage: Vec<LineageTable>,
    #[serde(default)]
    pub tags: TagsTable,
    #[serde(default)]
    pub relation: Vec<RelationTable>,
    #[serde(default)]
    pub column: Vec<ColumnTable>,
}

/// `[list]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListTable {
    pub service: String,
    pub endpoint_prefix: String,
    pub signing_name: String,
    pub operation: String,
    pub action: Text,
    pub resource: Text,
    pub path: Text,
    pub items: String,
    pub paging: PagingTable,
}

/// `[list.paging]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagingTable {
    pub size_parameter: String,
    pub size: Spanned<u32>,
    pub token_parameter: String,
    pub token_member: String,
}

/// `[parent]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParentTable {
    pub dataset: Text,
    #[serde(default)]
    pub skip: BTreeMap<Text, Vec<String>>,
}

/// `[[lineage]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineageTable {
    pub name: Text,
    pub member: Option<String>,
    #[serde(default)]
    pub tag: bool,
}

/// `[tags]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagsTable {
    pub own: Option<String>,
    #[serde(default)]
    pub members: BTreeMap<String, String>,
}

/// `[[relation]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationTable {
    pub dataset: Text,
    #[serde(default)]
    pub by: BTreeMap<Text, Text>,
    pub after: Option<Text>,
}

/// `[[column]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnTable {
    pub name: Text,
    #[serde(rename = "type")]
    pub kind: Text,
    pub description: Option<Text>,
    pub member: Option<Text>,
    pub json_text: Option<Spanned<bool>>,
    pub template: Option<Text>,
}

/// A dataset file, its name and its text, from which places become lines.
#[derive(Debug)]
pub struct Source {
    /// The name that faults give.
    pub label: String,
    /// The id that the folder and the name make.
    pub expected_id: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// Returns the line, counted from 1, in which a place begins.
    pub fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.get(..span.start).unwrap_or_default();
        before.matches('\n').count() + 1
    }
}
