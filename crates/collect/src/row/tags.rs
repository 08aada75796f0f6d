//! The tags of a row: AWS's own, where it came from, and the members that are no columns.

use crate::lineage::{Item, Lineage, aws_tags, text};
use census_directory::Dataset;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the tags of an item listed under `above`.
///
/// A key that comes from several places has all its values, sorted, each once, joined by commas.
pub(super) fn of(dataset: &Dataset, item: &Item, above: &Lineage) -> Vec<(String, Option<String>)> {
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let own = dataset.tags.own.as_ref().map(|member| aws_tags(item.get(member)));
    for (key, value) in own.as_deref().unwrap_or_else(|| above.aws_tags()) {
        values.entry(key.clone()).or_default().extend(value.clone());
    }
    values.entry("region".to_owned()).or_default().insert(above.place().region.clone());
    for (key, value) in above.tags() {
        values.entry(key.to_owned()).or_default().insert(value.to_owned());
    }
    for (key, member) in &dataset.tags.members {
        if let Some(value) = item.get(member).and_then(text) {
            values.entry(key.clone()).or_default().insert(value);
        }
    }
    values.into_iter().map(|(key, values)| (key, joined(&values))).collect()
}

/// Returns the values joined by commas; NULL for a key that came without any value.
fn joined(values: &BTreeSet<String>) -> Option<String> {
    let mut values = values.iter();
    let mut text = values.next()?.clone();
    for value in values {
        text.push(',');
        text.push_str(value);
    }
    Some(text)
}
