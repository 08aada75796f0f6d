//! What a row hands down to its descendants: variables for paths and keys, and tags.

use crate::partition::Partition;
use census_directory::Dataset;
use serde_json::{Map, Value};
use std::sync::Arc;

/// An item of a list, as AWS sent it.
pub(crate) type Item = Map<String, Value>;

/// AWS tags of a resource, to the letter.
pub(crate) type AwsTags = Vec<(String, Option<String>)>;

/// Account and region, as templates know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The 12-digit account.
    pub(crate) account_id: String,
    /// The region.
    pub(crate) region: String,
    /// Its partition.
    pub(crate) partition: Partition,
}

impl Place {
    /// Returns the place of an account's region.
    pub(crate) fn new(account_id: &str, region: &str) -> Self {
        let partition = Partition::of_region(region);
        Self { account_id: account_id.to_owned(), region: region.to_owned(), partition }
    }

    /// Returns the value of a variable that every template knows.
    pub(crate) fn built_in(&self, variable: &str) -> Option<&str> {
        match variable {
            "partition" => Some(self.partition.name),
            "dns_suffix" => Some(self.partition.dns_suffix),
            "region" => Some(&self.region),
            "account_id" => Some(&self.account_id),
            _ => None,
        }
    }
}

/// A row's ancestry, itself included; shared by all of its children.
#[derive(Debug)]
pub(crate) struct Lineage {
    place: Arc<Place>,
    above: Option<Arc<Lineage>>,
    variables: Vec<Variable>,
    aws_tags: Option<AwsTags>,
}

#[derive(Debug)]
struct Variable {
    name: String,
    value: String,
    tag: bool,
}

impl Lineage {
    /// Returns the ancestry of what is listed under nothing.
    pub(crate) fn root(place: Arc<Place>) -> Arc<Self> {
        Arc::new(Self { place, above: None, variables: Vec::new(), aws_tags: None })
    }

    /// Returns what an item of a dataset hands down; members that are absent are not handed down.
    pub(crate) fn below(above: &Arc<Self>, dataset: &Dataset, item: &Item) -> Arc<Self> {
        let variables = dataset.lineage.iter().filter_map(|variable| {
            let value = text(item.get(&variable.member)?)?;
            Some(Variable { name: variable.name.clone(), value, tag: variable.tag })
        });
        Arc::new(Self {
            place: Arc::clone(&above.place),
            above: Some(Arc::clone(above)),
            variables: variables.collect(),
            aws_tags: dataset.tags.own.as_ref().map(|member| aws_tags(item.get(member))),
        })
    }

    /// Returns account and region.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Returns the value of a variable: a built-in one, or the nearest ancestor's.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        if let Some(value) = self.place.built_in(name) {
            return Some(value);
        }
        self.ancestry()
            .flat_map(|row| &row.variables)
            .find(|own| own.name == name)
            .map(|own| own.value.as_str())
    }

    /// Returns what the keys of a dataset's rows below this one begin with, and whether only theirs do.
    pub(crate) fn beginning(&self, dataset: &Dataset, listed: &Dataset) -> (String, bool) {
        let beginning = dataset.key.beginning(|variable| self.variable(variable));
        let names = listed.key_variables();
        let is_exact =
            beginning.ends_in_text && names.iter().all(|name| beginning.variables.contains(name));
        (beginning.text, is_exact)
    }

    /// Returns the ancestry that the row was listed under.
    pub(crate) fn above(&self) -> Option<&Arc<Self>> {
        self.above.as_ref()
    }

    /// Tells whether it is the ancestry of what is listed under nothing.
    pub(crate) fn is_root(&self) -> bool {
        self.above.is_none()
    }

    /// Returns the variables that descendants have as tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = (&str, &str)> {
        let tagged = self.ancestry().flat_map(|row| &row.variables).filter(|own| own.tag);
        tagged.map(|own| (own.name.as_str(), own.value.as_str()))
    }

    /// Returns the AWS tags of the nearest row that can have any.
    pub(crate) fn aws_tags(&self) -> &[(String, Option<String>)] {
        self.ancestry().find_map(|row| row.aws_tags.as_deref()).unwrap_or_default()
    }

    fn ancestry(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |row| row.above.as_deref())
    }
}

/// Reads AWS tags out of the member that holds them; anything but an object of strings has none.
pub(crate) fn aws_tags(member: Option<&Value>) -> AwsTags {
    let Some(Value::Object(tags)) = member else {
        return AwsTags::new();
    };
    tags.iter().map(|(key, value)| (key.clone(), text(value))).collect()
}

/// Returns a scalar as text; NULL, lists and objects have none.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
