//! All datasets: the builtin ones, those of a folder, and how they hang together.

use crate::check::check;
use crate::file::Source;
use crate::link::{Draft, link};
use crate::read::read;
use crate::relation::relate;
use crate::{Dataset, DirectoryError, Fault, FaultKind, Result, nearest};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{fs, io};

/// Name and text of every file that was under `directory/` at build time.
const BUILTIN_FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

static BUILTIN: LazyLock<Directory> = LazyLock::new(|| {
    Directory::from_sources(builtin_sources(), Vec::new())
        .expect("the tests of this crate read every builtin file")
});

/// The datasets that Census knows, sorted by id.
#[derive(Debug, Clone)]
pub struct Directory {
    datasets: BTreeMap<String, Dataset>,
}

impl Directory {
    /// Returns the datasets that are built in.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads a folder of dataset files (`aws/apigatewayv2_api.toml` is `aws.apigatewayv2_api`) and lays them
    /// over the builtin ones: a file with the id of a builtin dataset replaces it.
    ///
    /// # Errors
    /// [`DirectoryError::UnreadableFolder`], or [`DirectoryError::Faulty`] with the faults of all files.
    pub fn load(folder: &Path) -> Result<Self> {
        let mut sources = builtin_sources();
        let mut faults = Vec::new();
        let files = dataset_files(folder).map_err(|source| DirectoryError::UnreadableFolder {
            folder: folder.display().to_string(),
            source,
        })?;
        for file in files {
            let label = file.display().to_string();
            if file.parent() == Some(folder) {
                faults.push(Fault { file: label, line: None, kind: FaultKind::Misplaced });
                continue;
            }
            match fs::read_to_string(&file) {
                Ok(text) => sources.push(source(&file, label, text)),
                Err(error) => faults.push(Fault {
                    file: label,
                    line: None,
                    kind: FaultKind::Unreadable(error.to_string()),
                }),
            }
        }
        Self::from_sources(sources, faults)
    }

    /// Later sources replace earlier ones of the same id.
    fn from_sources(sources: Vec<Source>, mut faults: Vec<Fault>) -> Result<Self> {
        let by_id: BTreeMap<String, Source> =
            sources.into_iter().map(|source| (source.expected_id.clone(), source)).collect();
        let mut drafts = BTreeMap::new();
        let mut unread = Vec::new();
        for (id, source) in by_id {
            match read(&source) {
                Ok(file) => {
                    let (dataset, file_faults) = check(&file, &source);
                    faults.extend(file_faults);
                    drafts.insert(id, Draft { dataset, file, source });
                }
                Err(fault) => {
                    faults.push(fault);
                    unread.push(id);
                }
            }
        }
        faults.extend(link(&mut drafts, &unread));
        faults.extend(relate(&mut drafts, &unread));
        if faults.is_empty() {
            let datasets = drafts.into_iter().map(|(id, draft)| (id, draft.dataset)).collect();
            return Ok(Self { datasets });
        }
        faults.sort_by(|left, right| (&left.file, left.line).cmp(&(&right.file, right.line)));
        Err(DirectoryError::Faulty(faults))
    }

    /// Returns the dataset with this id.
    ///
    /// # Errors
    /// [`DirectoryError::UnknownDataset`] (42P01) with the nearest id.
    pub fn dataset(&self, id: &str) -> Result<&Dataset> {
        self.datasets.get(id).ok_or_else(|| DirectoryError::UnknownDataset {
            id: id.to_owned(),
            nearest: self.nearest_dataset(id).map(str::to_owned),
        })
    }

    /// Returns all datasets, sorted by id.
    pub fn datasets(&self) -> impl Iterator<Item = &Dataset> {
        self.datasets.values()
    }

    /// Returns the datasets listed under this one, sorted by id; none for an unknown id.
    #[must_use]
    pub fn children(&self, id: &str) -> Vec<&Dataset> {
        self.datasets()
            .filter(|dataset| dataset.parent.as_ref().is_some_and(|parent| parent.dataset == id))
            .collect()
    }

    /// Returns what a dataset is listed under, the nearest first; none for an unknown id.
    #[must_use]
    pub fn ancestors(&self, id: &str) -> Vec<&Dataset> {
        let mut ancestors = Vec::new();
        let mut parent = self.datasets.get(id).and_then(|dataset| dataset.parent.as_ref());
        while let Some(ancestor) = parent.and_then(|parent| self.datasets.get(&parent.dataset)) {
            ancestors.push(ancestor);
            parent = ancestor.parent.as_ref();
        }
        ancestors
    }

    /// Returns these datasets and all they are listed under, parents before children, each once.
    ///
    /// # Errors
    /// [`DirectoryError::UnknownDataset`] (42P01) for the first unknown id.
    pub fn closure<S: AsRef<str>>(&self, ids: &[S]) -> Result<Vec<&Dataset>> {
        let mut needed: Vec<&Dataset> = Vec::new();
        let mut seen = BTreeSet::new();
        for id in ids {
            let dataset = self.dataset(id.as_ref())?;
            for next in self.ancestors(&dataset.id).into_iter().rev().chain([dataset]) {
                if seen.insert(next.id.as_str()) {
                    needed.push(next);
                }
            }
        }
        Ok(needed)
    }

    /// Returns the dataset whose AWS tags a dataset's rows carry: itself or its nearest taggable ancestor.
    #[must_use]
    pub fn tag_origin(&self, id: &str) -> Option<&Dataset> {
        let own = self.datasets.get(id);
        own.into_iter().chain(self.ancestors(id)).find(|dataset| dataset.tags.own.is_some())
    }

    /// Without a schema only the table's name can be misspelt.
    fn nearest_dataset(&self, id: &str) -> Option<&str> {
        if id.contains('.') {
            return nearest(id, self.datasets.keys().map(String::as_str));
        }
        let table = nearest(id, self.datasets().map(Dataset::table_name))?;
        self.datasets()
            .find(|dataset| dataset.table_name() == table)
            .map(|dataset| dataset.id.as_str())
    }
}

fn builtin_sources() -> Vec<Source> {
    BUILTIN_FILES
        .iter()
        .map(|(label, text)| source(Path::new(label), (*label).to_owned(), (*text).to_owned()))
        .collect()
}

/// The folder is the schema and the file's name the table.
fn source(path: &Path, label: String, text: String) -> Source {
    let schema = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let table = path.file_stem().unwrap_or_default().to_string_lossy();
    Source { label, expected_id: format!("{schema}.{table}"), text }
}

/// Every `*.toml` of a folder and of the folders in it, sorted.
fn dataset_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        for file in fs::read_dir(path)? {
            files.push(file?.path());
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod tests;
