//! A dataset: its columns, its key and tags, the call that lists it and its place below a parent.

use crate::{Column, ColumnKind, ColumnSource, Template};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that is known of a dataset; read from its file and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// Schema and table, for example `aws.apigatewayv2_api`.
    pub id: String,
    /// The heading of its page.
    pub title: String,
    /// What a row is; paragraphs are separated by an empty line.
    pub description: String,
    /// Where the service documents it.
    pub documentation: Option<String>,
    /// All columns in order: `_key`, then the others, `account_id` and `tags` included, by name.
    pub columns: Vec<Column>,
    /// The row's unique, stable id.
    pub key: Template,
    /// How its tags come about.
    pub tags: TagRules,
    /// The call that lists it.
    pub list: ListCall,
    /// What it is listed under; `None` where one call lists an account's region.
    pub parent: Option<Parent>,
    /// What a row hands down to its descendants.
    pub lineage: Vec<LineageVariable>,
    /// What its ancestors hand down to it, the topmost ancestor's first.
    pub inherited: Vec<LineageVariable>,
    /// What its rows point at: first its ancestors, the nearest first, then what its file declares.
    pub relations: Vec<Relation>,
}

impl Dataset {
    /// Returns the Arrow schema: exactly the columns in order, with extension types in the fields' metadata.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        let fields: Vec<_> = self.columns.iter().map(Column::field).collect();
        Arc::new(Schema::new(fields))
    }

    /// Returns the SQL schema, for example `aws`.
    #[must_use]
    pub fn schema_name(&self) -> &str {
        self.id.split_once('.').map_or("", |(schema, _)| schema)
    }

    /// Returns the table's name without its schema, for example `apigatewayv2_api`.
    #[must_use]
    pub fn table_name(&self) -> &str {
        self.id.split_once('.').map_or(self.id.as_str(), |(_, table)| table)
    }

    /// Returns the column with this name, or `None`.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Returns the tag keys that every row may have whatever AWS tags there are: `region`, what its
    /// ancestors hand down as tags, and the left-out members.
    #[must_use]
    pub fn kept_tags(&self) -> Vec<&str> {
        let mut kept = vec!["region"];
        kept.extend(
            self.inherited
                .iter()
                .filter(|variable| variable.tag)
                .map(|variable| variable.name.as_str()),
        );
        for tag in self.tags.members.keys() {
            if !kept.contains(&tag.as_str()) {
                kept.push(tag);
            }
        }
        kept
    }

    /// Returns the columns or tags that identify a row within its account and region, in the order of its key.
    #[must_use]
    pub fn key_variables(&self) -> Vec<&str> {
        let mut variables: Vec<&str> = Vec::new();
        for variable in self.key.variables() {
            if !Template::BUILT_IN.contains(&variable) && !variables.contains(&variable) {
                variables.push(variable);
            }
        }
        variables
    }

    /// Returns the wire name of the row's own member that a variable of its templates stands for:
    /// a lineage variable, or the member of a column of type string.
    ///
    /// Built-in variables and those of its ancestors are not among them and take precedence.
    #[must_use]
    pub fn variable_member(&self, variable: &str) -> Option<&str> {
        let own = self.lineage.iter().find(|own| own.name == variable);
        if let Some(own) = own {
            return Some(&own.member);
        }
        let column = self.column(variable).filter(|column| column.kind == ColumnKind::String)?;
        match &column.source {
            ColumnSource::Member(member) => Some(member),
            _ => None,
        }
    }
}

/// A list call of a REST-JSON service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCall {
    /// Names the endpoint override: `apigatewayv2` is `AWS_ENDPOINT_URL_APIGATEWAYV2`.
    pub service: String,
    /// The first label of the endpoint's host, for example `apigateway`.
    pub endpoint_prefix: String,
    /// The service's name in a signature.
    pub signing_name: String,
    /// The operation's name in AWS's documentation, for example `GetIntegrations`.
    pub operation: String,
    /// The IAM action that allows it, for example `apigateway:GET`.
    pub action: String,
    /// The resource that the action needs in a policy.
    pub resource: Template,
    /// The path of the request; values must be percent-encoded.
    pub path: Template,
    /// The member of the answer that holds the items.
    pub items: String,
    /// How a long list is cut into pages.
    pub paging: Paging,
}

/// How a list call is cut into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// The query parameter that asks for a page's size.
    pub size_parameter: String,
    /// The items to ask for in a page.
    pub size: u32,
    /// The query parameter that takes the token.
    pub token_parameter: String,
    /// The member of the answer that holds the next page's token.
    pub token_member: String,
}

/// What a dataset is listed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// The id of the parent dataset; each of its rows means one list.
    pub dataset: String,
    /// Rows of which a variable has one of these values have no children: no call is made.
    pub skip: BTreeMap<String, Vec<String>>,
}

/// What a row points at: the row of another dataset, in the same account and region, that has these ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The id of the other dataset.
    pub dataset: String,
    /// One for each of the other dataset's key variables, in the order of its key.
    pub pairs: Vec<RelationPair>,
}

impl Relation {
    /// Returns the pair by which the relation is known: the last whose names differ, or else the last.
    #[must_use]
    pub fn pointer(&self) -> Option<&RelationPair> {
        let renamed = self.pairs.iter().rev().find(|pair| pair.own != pair.other);
        renamed.or_else(|| self.pairs.last())
    }

    /// Tells whether equal values are all it takes, as a foreign key demands.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.pairs.iter().all(|pair| pair.after.is_none())
    }
}

/// An id that a row has of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationPair {
    /// The column or tag that holds it.
    pub own: String,
    /// The column or tag of the other dataset that it equals.
    pub other: String,
    /// What stands before the id in the own column, for example `integrations/`.
    pub after: Option<String>,
}

/// What a row hands down to its descendants: into their paths and keys and, if it is a tag, their tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineageVariable {
    /// The variable and tag key, for example `api_id`.
    pub name: String,
    /// The wire name of the member that holds it.
    pub member: String,
    /// Whether descendants have it as a tag.
    pub tag: bool,
}

/// How a row's tags come about, besides `region` and what its ancestors hand down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagRules {
    /// The wire name of the member that holds the resource's AWS tags, where AWS lets it be tagged;
    /// otherwise the AWS tags are those of the nearest ancestor that has such a member.
    pub own: Option<String>,
    /// Tag key → wire name of a member that is a tag rather than a column.
    pub members: BTreeMap<String, String>,
}
