//! What has become of one scope so far, and how it ends.

use crate::call::Effort;
use crate::error::Result;
use crate::lineage::{Item, Lineage, Place};
use crate::plan::Node;
use crate::row::RowBuilder;
use crate::trouble::{Trouble, worse};
use census_directory::scope::{Outcome, Scope, ScopeReport};
use census_directory::{Dataset, UnreadPart};
use chrono::{DateTime, Utc};
use datafusion::arrow::array::RecordBatch;
use std::sync::Arc;

/// After so many failed lists without a good one in between, the scope's remaining lists are not tried.
const HOPELESS: u32 = 16;
/// So many lists that failed are named in a report; the others are counted.
const NAMED_LISTS: usize = 3;

/// One scope of a walk.
pub(super) struct Tally {
    /// The scope.
    pub(super) scope: Scope,
    /// Lists begun or waiting.
    pub(super) open: u64,
    /// Rows read.
    pub(super) rows: u64,
    /// Whether lists still ask for a page size.
    pub(super) is_sized: bool,
    /// What was not read, by its own lists and those above.
    pub(super) unread: Vec<UnreadPart>,
    /// The dataset, where its rows are wanted.
    wanted: Option<Arc<Dataset>>,
    /// Made with the first row: hundreds of regions have none of most datasets.
    builder: Option<RowBuilder>,
    complete_lists: u64,
    failed_in_a_row: u32,
    failed_lists: FailedLists,
    /// The trouble of lists whose children are not all known.
    failed_list: Option<Trouble>,
    misfit: Option<Trouble>,
    inherited: Option<Trouble>,
    effort: Effort,
    has_started: bool,
    has_ended: bool,
}

/// The lists below parents that failed.
#[derive(Debug, Default)]
struct FailedLists {
    named: Vec<String>,
    count: u64,
}

impl Tally {
    /// Begins a scope whose rows are wanted or not.
    pub(super) fn new(node: &Node, is_wanted: bool, place: &Place) -> Self {
        Self {
            scope: scope(&node.dataset.id, place),
            open: 0,
            rows: 0,
            is_sized: true,
            unread: Vec::new(),
            wanted: is_wanted.then(|| node.dataset.clone()),
            builder: None,
            complete_lists: 0,
            failed_in_a_row: 0,
            failed_lists: FailedLists::default(),
            failed_list: None,
            misfit: None,
            inherited: None,
            effort: Effort::default(),
            has_started: false,
            has_ended: false,
        }
    }

    /// Notes that a list begins and tells whether it is the first of a scope that is wanted.
    pub(super) fn start(&mut self) -> bool {
        !std::mem::replace(&mut self.has_started, true) && self.wanted.is_some()
    }

    pub(super) fn has_given_up(&self) -> bool {
        self.failed_in_a_row >= HOPELESS
    }

    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    pub(super) fn add_effort(&mut self, effort: &Effort) {
        self.effort.calls += effort.calls;
        self.effort.throttles += effort.throttles;
        if self.effort.started_at.is_none() {
            self.effort.started_at = effort.started_at;
        }
    }

    /// Notes a list that was read to its end; whether it was open is the caller's to count.
    pub(super) fn add_complete_list(&mut self) {
        self.complete_lists += 1;
        self.failed_in_a_row = 0;
    }

    /// Notes a list that failed, with the path by which it is known where it lies below a parent.
    pub(super) fn add_failure(&mut self, trouble: Trouble, path: Option<&str>) {
        self.failed_in_a_row += 1;
        self.failed_list = worse(self.failed_list.take(), Some(trouble));
        self.name_failed(path);
    }

    /// Notes a list that was not even tried: after so many failures of its own, or of what halts the whole region.
    pub(super) fn add_untried(&mut self, halt: Option<&Trouble>, path: Option<&str>) {
        // Without a trouble of its own, a scope that was never asked for would look like one that is empty.
        self.failed_list = worse(self.failed_list.take(), halt.cloned());
        self.name_failed(path);
    }

    /// Notes a list with a row that cannot be taken; what is listed below its rows is none the worse.
    pub(super) fn add_misfit(&mut self, trouble: Trouble, path: Option<&str>) {
        self.misfit.get_or_insert(trouble);
        self.name_failed(path);
    }

    fn name_failed(&mut self, path: Option<&str>) {
        let Some(path) = path else { return };
        self.failed_lists.count += 1;
        if self.failed_lists.named.len() < NAMED_LISTS {
            self.failed_lists.named.push(path.to_owned());
        }
    }

    /// Takes a row.
    ///
    /// # Errors
    /// A value that does not fit its column; the rows before and after are taken all the same.
    pub(super) fn append(&mut self, key: &str, item: &Item, above: &Lineage) -> Result<()> {
        if let Some(dataset) = &self.wanted {
            let builder = self.builder.get_or_insert_with(|| RowBuilder::new(Arc::clone(dataset)));
            builder.append(key, item, above)?;
            self.rows += 1;
        }
        Ok(())
    }

    pub(super) fn waiting_rows(&self) -> usize {
        self.builder.as_ref().map_or(0, RowBuilder::rows)
    }

    /// Returns the rows not handed over yet.
    pub(super) fn take_rows(&mut self) -> Result<Option<RecordBatch>> {
        match &mut self.builder {
            Some(builder) if builder.rows() > 0 => builder.take().map(Some),
            _ => Ok(None),
        }
    }

    /// Returns what its children cannot be complete for.
    pub(super) fn trouble_for_children(&self) -> Option<Trouble> {
        worse(self.failed_list.clone(), self.inherited.clone())
            .map(|trouble| trouble.below(&self.scope.dataset))
    }

    /// Ends the scope and says how it went.
    pub(super) fn end(&mut self, above: Option<Trouble>) -> ScopeReport {
        self.has_ended = true;
        self.inherited = above;
        let own = worse(self.failed_list.clone(), self.misfit.clone());
        let (outcome, trouble) = match worse(own, self.inherited.clone()) {
            Some(trouble) if self.complete_lists > 0 => (Outcome::Partial, Some(trouble)),
            Some(trouble) => (trouble.outcome, Some(trouble)),
            None => (Outcome::Complete, None),
        };
        self.report(outcome, trouble)
    }

    fn report(&mut self, outcome: Outcome, trouble: Option<Trouble>) -> ScopeReport {
        let finished_at = Utc::now();
        let error_message =
            trouble.as_ref().map(|trouble| trouble.sentence() + &self.failed_lists.sentence());
        ScopeReport {
            outcome,
            error_code: trouble.and_then(|trouble| trouble.code),
            error_message,
            rows: self.rows,
            calls: self.effort.calls,
            throttles: self.effort.throttles,
            started_at: self.effort.started_at.unwrap_or(finished_at),
            finished_at,
            unread: std::mem::take(&mut self.unread),
        }
    }
}

impl FailedLists {
    /// Returns what follows the reason: which lists it was.
    fn sentence(&self) -> String {
        let others = self.count - self.named.len() as u64;
        match (self.named.as_slice(), others) {
            ([], _) => String::new(),
            (named, 0) => format!("; not read: {}", named.join(", ")),
            (named, others) => format!("; not read: {} and {others} more", named.join(", ")),
        }
    }
}

/// Returns the scope of a dataset in a place.
pub(crate) fn scope(dataset: &str, place: &Place) -> Scope {
    Scope {
        account_id: place.account_id.clone(),
        region: place.region.clone(),
        dataset: dataset.to_owned(),
    }
}

/// Returns the report of a scope in a region that is known not to be enabled: nothing was called.
pub(crate) fn not_enabled_report(now: DateTime<Utc>) -> ScopeReport {
    let trouble = Trouble::not_enabled();
    ScopeReport {
        error_message: Some(trouble.sentence()),
        ..ScopeReport::of_no_call(trouble.outcome, now)
    }
}
