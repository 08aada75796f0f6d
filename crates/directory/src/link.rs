//! What can be checked only with all datasets at hand: parents, cycles, and who hands down which variable.

use crate::dataset::{Dataset, LineageVariable};
use crate::file::{DatasetFile, Source, Text};
use crate::{ColumnSource, Fault, FaultKind, Template, nearest};
use std::collections::BTreeMap;
use std::ops::Range;

/// A dataset with the file it was read from.
pub struct Draft {
    pub dataset: Dataset,
    pub file: DatasetFile,
    pub source: Source,
}

/// Connects the datasets and returns everything that is wrong between them.
///
/// `unread` are the ids of files whose shape is already at fault: their children are not checked any further.
pub fn link(drafts: &mut BTreeMap<String, Draft>, unread: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut inherited_by_id = BTreeMap::new();
    for draft in drafts.values() {
        match ancestry(drafts, draft, unread) {
            Ok(Some(ancestors)) => {
                let inherited: Vec<LineageVariable> = ancestors
                    .iter()
                    .rev()
                    .flat_map(|ancestor| ancestor.lineage.iter().cloned())
                    .collect();
                let mut linker = Linker {
                    draft,
                    ancestors: &ancestors,
                    inherited: &inherited,
                    faults: &mut faults,
                };
                linker.check_lineage();
                linker.check_variables();
                inherited_by_id.insert(draft.dataset.id.clone(), inherited);
            }
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
    for (id, inherited) in inherited_by_id {
        if let Some(draft) = drafts.get_mut(&id) {
            draft.dataset.inherited = inherited;
        }
    }
    faults
}

/// Returns a dataset's ancestors, the nearest first, or `None` where another file's fault hides them.
fn ancestry<'a>(
    drafts: &'a BTreeMap<String, Draft>,
    draft: &'a Draft,
    unread: &[String],
) -> Result<Option<Vec<&'a Dataset>>, Fault> {
    let mut ancestors: Vec<&Dataset> = Vec::new();
    let mut current = draft;
    while let Some(parent) = &current.file.parent {
        let id = parent.dataset.get_ref();
        let is_own = std::ptr::eq(current, draft);
        if *id == draft.dataset.id {
            let mut way = vec![draft.dataset.id.as_str()];
            way.extend(ancestors.iter().map(|ancestor| ancestor.id.as_str()));
            way.push(id);
            let kind = FaultKind::Cycle { id: id.clone(), way: way.join(" → ") };
            let place = draft.file.parent.as_ref().map_or(0..0, |own| own.dataset.span());
            return Err(fault(draft, &place, kind));
        }
        if ancestors.iter().any(|ancestor| ancestor.id == *id) {
            // A cycle further up: the datasets on it say so themselves.
            return Ok(None);
        }
        let Some(next) = drafts.get(id) else {
            if is_own && !unread.contains(id) {
                let nearest = nearest(id, drafts.keys().map(String::as_str)).map(str::to_owned);
                return Err(fault(
                    draft,
                    &parent.dataset.span(),
                    FaultKind::UnknownParent { id: id.clone(), nearest },
                ));
            }
            return Ok(None);
        };
        ancestors.push(&next.dataset);
        current = next;
    }
    Ok(Some(ancestors))
}

fn fault(draft: &Draft, span: &Range<usize>, kind: FaultKind) -> Fault {
    Fault { file: draft.source.label.clone(), line: Some(draft.source.line(span)), kind }
}

struct Linker<'a> {
    draft: &'a Draft,
    ancestors: &'a [&'a Dataset],
    inherited: &'a [LineageVariable],
    faults: &'a mut Vec<Fault>,
}

impl Linker<'_> {
    /// A variable has one meaning from the top of a tree to its leaves.
    fn check_lineage(&mut self) {
        let own = &self.draft.file.lineage;
        for (index, variable) in own.iter().enumerate() {
            let name = variable.name.get_ref();
            let ancestor = self
                .ancestors
                .iter()
                .find(|ancestor| ancestor.lineage.iter().any(|handed| handed.name == *name));
            let by = match ancestor {
                Some(ancestor) => format!("\"{}\"", ancestor.id),
                None if Template::BUILT_IN.contains(&name.as_str()) => "every scope".to_owned(),
                None if own.iter().take(index).any(|earlier| earlier.name.get_ref() == name) => {
                    "the dataset itself".to_owned()
                }
                None => continue,
            };
            let kind = FaultKind::DuplicateVariable { name: name.clone(), by };
            self.faults.push(fault(self.draft, &variable.name.span(), kind));
        }
    }

    fn check_variables(&mut self) {
        let Draft { dataset, file, .. } = self.draft;
        let inherited: Vec<&str> =
            self.inherited.iter().map(|variable| variable.name.as_str()).collect();
        let mut scope = Template::BUILT_IN.to_vec();
        scope.extend(&inherited);
        let mut row = scope.clone();
        row.extend(dataset.lineage.iter().map(|variable| variable.name.as_str()));
        for column in &dataset.columns {
            if dataset.variable_member(&column.name).is_some()
                && !row.contains(&column.name.as_str())
            {
                row.push(&column.name);
            }
        }
        // A call is made before there is a row, so that only ancestors can fill its path.
        self.check_template(&dataset.list.path, &file.list.path, &scope);
        self.check_template(&dataset.list.resource, &file.list.resource, &scope);
        self.check_template(&dataset.key, &file.key, &row);
        for table in &file.column {
            let source = dataset.column(table.name.get_ref()).map(|column| &column.source);
            if let (Some(ColumnSource::Template(template)), Some(text)) = (source, &table.template)
            {
                self.check_template(template, text, &row);
            }
        }
        for variable in file.parent.iter().flat_map(|parent| parent.skip.keys()) {
            self.check_variable(variable.get_ref(), &variable.span(), &inherited);
        }
    }

    fn check_template(&mut self, template: &Template, text: &Text, known: &[&str]) {
        for name in template.variables() {
            self.check_variable(name, &text.span(), known);
        }
    }

    fn check_variable(&mut self, name: &str, place: &Range<usize>, known: &[&str]) {
        if known.contains(&name) {
            return;
        }
        let kind = FaultKind::UnknownVariable {
            name: name.to_owned(),
            nearest: nearest(name, known.iter().copied()).map(str::to_owned),
            known: known.iter().map(|&known| known.to_owned()).collect(),
        };
        self.faults.push(fault(self.draft, place, kind));
    }
}
