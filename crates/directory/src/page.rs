//! The page of a dataset: title, description, id and fields, as Markdown, JSON or rows of a table.

use crate::{CensusTable, Dataset, Relation, RelationPair};
use serde::Serialize;
use std::fmt::Write as _;

/// What a page says, before it is rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The heading.
    pub title: String,
    /// What a row is; paragraphs are separated by an empty line.
    pub description: String,
    /// The id that SQL uses.
    pub id: String,
    /// Where the service documents it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documentation: Option<String>,
    /// The columns in order.
    pub fields: Vec<PageField>,
    /// What its rows point at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<PageRelation>,
}

/// A line of the table of relations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageRelation {
    /// The dataset pointed at.
    pub dataset: String,
    /// What has to be equal, for example `api_id` or `connection_id = vpc_link_id`.
    pub by: Vec<String>,
}

/// A line of the table of fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageField {
    /// The column.
    pub name: String,
    /// Its type in SQL, for example `HSTORE`.
    pub sql_type: &'static str,
    /// Its type in the directory, for example `hstore_csv`.
    pub data_type: &'static str,
    /// What it holds.
    pub description: String,
}

impl Page {
    /// The heads of the table of fields.
    pub const HEADS: [&'static str; 4] = ["Name", "Type", "Data type", "Description"];

    /// Returns the table of fields without its heads.
    #[must_use]
    pub fn rows(&self) -> Vec<[&str; 4]> {
        self.fields
            .iter()
            .map(|field| {
                [field.name.as_str(), field.sql_type, field.data_type, field.description.as_str()]
            })
            .collect()
    }

    /// Returns the page as one JSON object.
    ///
    /// # Panics
    /// Never: names and text always have a JSON form.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("text and lists of text always have a JSON form")
    }

    /// Returns the page as Markdown, ending in a line break.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut page =
            format!("# {}\n\n{}\n\n```\n{}\n```\n\n", self.title, self.description, self.id);
        if let Some(link) = &self.documentation {
            // Writing into a String cannot fail, here and below.
            let _ = writeln!(page, "[Documentation of the service]({link})\n");
        }
        let _ = writeln!(
            page,
            "## Fields\n\n| {} |\n|{}",
            Self::HEADS.join(" | "),
            " --- |".repeat(Self::HEADS.len())
        );
        for field in &self.fields {
            let description = cell(&field.description);
            let _ = writeln!(
                page,
                "| `{}` | {} | `{}` | {description} |",
                field.name, field.sql_type, field.data_type
            );
        }
        if !self.relations.is_empty() {
            page.push_str("\n## Relations\n\n| Dataset | By |\n| --- | --- |\n");
        }
        for relation in &self.relations {
            let _ = writeln!(page, "| `{}` | `{}` |", relation.dataset, relation.by.join("`, `"));
        }
        page
    }
}

/// A cell is one line, and a bar would end it.
fn cell(text: &str) -> String {
    text.replace("\n\n", "<br>").replace('\n', " ").replace('|', "\\|")
}

impl Dataset {
    /// Returns the dataset's page.
    #[must_use]
    pub fn page(&self) -> Page {
        let fields = self.columns.iter().map(|column| PageField {
            name: column.name.clone(),
            sql_type: column.kind.sql_type(),
            data_type: column.kind.as_str(),
            description: column.description.clone(),
        });
        Page {
            title: self.title.clone(),
            description: self.description.clone(),
            id: self.id.clone(),
            documentation: self.documentation.clone(),
            fields: fields.collect(),
            relations: self.relations.iter().map(PageRelation::of).collect(),
        }
    }
}

impl PageRelation {
    fn of(relation: &Relation) -> Self {
        let written = |pair: &RelationPair| match &pair.after {
            Some(after) => format!("{} = {after}{{{}}}", pair.own, pair.other),
            None if pair.own == pair.other => pair.own.clone(),
            None => format!("{} = {}", pair.own, pair.other),
        };
        let by = relation.pairs.iter().map(written).collect();
        Self { dataset: relation.dataset.clone(), by }
    }
}

impl CensusTable {
    /// Returns the table's page.
    #[must_use]
    pub fn page(&self) -> Page {
        let fields = self.columns.iter().map(|column| PageField {
            name: column.name.to_owned(),
            sql_type: column.kind.sql_type(),
            data_type: column.kind.as_str(),
            description: column.description.to_owned(),
        });
        Page {
            title: self.title.to_owned(),
            description: self.description.to_owned(),
            id: self.id.to_owned(),
            documentation: None,
            fields: fields.collect(),
            relations: Vec::new(),
        }
    }
}
