//! What datasets point at: their ancestors, and what their files declare, checked with all datasets at hand.

use crate::dataset::{Dataset, Relation, RelationPair};
use crate::file::RelationTable;
use crate::link::Draft;
use crate::{ColumnKind, Fault, FaultKind, nearest};
use std::collections::BTreeMap;
use std::ops::Range;

/// Gives every dataset its relations and returns everything that is wrong with those declared.
///
/// `unread` are the ids of files whose shape is already at fault: relations to them are not checked any further.
pub fn relate(drafts: &mut BTreeMap<String, Draft>, unread: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut found: BTreeMap<String, Vec<Relation>> = BTreeMap::new();
    for (id, draft) in &*drafts {
        let mut relations = ancestors(drafts, draft);
        for table in &draft.file.relation {
            match declared(drafts, draft, table, unread) {
                Ok(relation) => relations.extend(relation),
                Err(fault) => faults.push(fault),
            }
        }
        found.insert(id.clone(), relations);
    }
    for (id, relations) in found {
        if let Some(draft) = drafts.get_mut(&id) {
            draft.dataset.relations = relations;
        }
    }
    faults
}

/// A row points at every row it is listed below, by the tags that these hand down.
fn ancestors(drafts: &BTreeMap<String, Draft>, draft: &Draft) -> Vec<Relation> {
    let mut relations: Vec<Relation> = Vec::new();
    let mut parent = draft.dataset.parent.as_ref();
    let mut seen = vec![draft.dataset.id.as_str()];
    while let Some(ancestor) = parent.and_then(|parent| drafts.get(&parent.dataset)) {
        let above = &ancestor.dataset;
        // A cycle is a fault of its own.
        if seen.contains(&above.id.as_str()) {
            break;
        }
        seen.push(&above.id);
        let pairs: Vec<RelationPair> = above.key_variables().into_iter().map(same).collect();
        // A variable that is not handed down as a tag cannot be seen in a row.
        if pairs.iter().all(|pair| is_pointer(&draft.dataset, &pair.own)) {
            relations.push(Relation { dataset: above.id.clone(), pairs });
        }
        parent = above.parent.as_ref();
    }
    relations
}

fn same(name: &str) -> RelationPair {
    RelationPair { own: name.to_owned(), other: name.to_owned(), after: None }
}

fn declared(
    drafts: &BTreeMap<String, Draft>,
    draft: &Draft,
    table: &RelationTable,
    unread: &[String],
) -> Result<Option<Relation>, Fault> {
    let at = |place: Range<usize>, kind| Fault {
        file: draft.source.label.clone(),
        line: Some(draft.source.line(&place)),
        kind,
    };
    let id = table.dataset.get_ref();
    let Some(target) = drafts.get(id).map(|target| &target.dataset) else {
        if unread.contains(id) {
            return Ok(None);
        }
        let nearest = nearest(id, drafts.keys().map(String::as_str)).map(str::to_owned);
        let kind = FaultKind::UnknownRelated { id: id.clone(), nearest };
        return Err(at(table.dataset.span(), kind));
    };
    let variables = target.key_variables();
    for name in table.by.keys() {
        if !variables.contains(&name.get_ref().as_str()) {
            let kind = FaultKind::UnknownId {
                name: name.get_ref().clone(),
                dataset: id.clone(),
                known: variables.iter().map(|&known| known.to_owned()).collect(),
            };
            return Err(at(name.span(), kind));
        }
    }
    let after = table.after.as_ref().map(|after| after.get_ref().clone());
    let mut pairs = Vec::with_capacity(variables.len());
    for variable in variables {
        let renamed = table.by.iter().find(|(other, _)| other.get_ref() == variable);
        let place = renamed.map_or_else(|| table.dataset.span(), |(_, own)| own.span());
        let own = renamed.map_or(variable, |(_, own)| own.get_ref().as_str());
        if !is_pointer(&draft.dataset, own) {
            let kind = FaultKind::UnknownPointer {
                name: own.to_owned(),
                nearest: nearest(own, pointers(&draft.dataset)).map(str::to_owned),
            };
            return Err(at(place, kind));
        }
        pairs.push(RelationPair {
            own: own.to_owned(),
            other: variable.to_owned(),
            after: after.clone().filter(|_| renamed.is_some()),
        });
    }
    Ok(Some(Relation { dataset: id.clone(), pairs }))
}

/// Returns what can hold an id: columns of text, and the tags that every row has.
fn pointers(dataset: &Dataset) -> Vec<&str> {
    let texts = dataset.columns.iter().filter(|column| column.kind == ColumnKind::String);
    let mut pointers: Vec<&str> = texts.map(|column| column.name.as_str()).collect();
    pointers.extend(dataset.kept_tags());
    pointers
}

fn is_pointer(dataset: &Dataset, name: &str) -> bool {
    pointers(dataset).contains(&name)
}
