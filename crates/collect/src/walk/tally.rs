//! What has become of one scope so far, and how it ends.

use crate::call::Effort;
use crate::error::{CollectError, Result};
use crate::failure::{Failure, FailureKind};
use crate::lineage::{Item, Lineage, Place};
use crate::plan::Node;
use crate::row::RowBuilder;
use census_directory::ListCall;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use chrono::{DateTime, Utc};
use datafusion::arrow::array::RecordBatch;

/// After so many failed lists without a good one in between, the scope's remaining lists are not tried.
const HOPELESS: u32 = 16;

/// Why a scope is not complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    outcome: Outcome,
    code: Option<String>,
    message: String,
    /// The dataset whose list failed, where it is an ancestor's.
    origin: Option<String>,
}

impl Trouble {
    /// Returns the trouble that a failed list means, with what to do about it where that is known.
    pub(super) fn of_call(failure: &Failure, list: &ListCall, place: &Place) -> Self {
        let (operation, words) = (&list.operation, &failure.message);
        let (outcome, message) = match failure.kind {
            FailureKind::Denied if is_about_credentials(failure) => {
                (Outcome::Denied, format!("{operation} was refused: {words}"))
            }
            FailureKind::Denied => (
                Outcome::Denied,
                format!(
                    "{operation} was denied, allow \"{}\" on \"{}\": {words}",
                    list.action,
                    resource(list, place)
                ),
            ),
            FailureKind::Throttled => (
                Outcome::Throttled,
                format!(
                    "{operation} was throttled, retry later or with a larger --reserve: {words}"
                ),
            ),
            FailureKind::Expired => (
                Outcome::Denied,
                format!("{operation} was refused, since the credentials have expired: {words}"),
            ),
            _ => (Outcome::Failed, format!("{operation} failed: {words}")),
        };
        Self { outcome, code: failure.code.clone(), message, origin: None }
    }

    /// Returns the trouble that an answer of the wrong form means.
    pub(super) fn of_error(error: &CollectError) -> Self {
        Self {
            outcome: Outcome::Failed,
            code: Some(error.code().to_owned()),
            message: error.sentence(),
            origin: None,
        }
    }

    fn below(mut self, dataset: &str) -> Self {
        self.origin.get_or_insert_with(|| dataset.to_owned());
        self
    }

    fn severity(&self) -> u8 {
        match self.outcome {
            Outcome::Denied => 2,
            Outcome::Throttled => 1,
            _ => 0,
        }
    }

    fn sentence(&self) -> String {
        match &self.origin {
            Some(dataset) => {
                format!("parents could not be listed (\"{dataset}\"): {}", self.message)
            }
            None => self.message.clone(),
        }
    }
}

/// Tells whether access was denied to whoever asks, rather than to what was asked for.
fn is_about_credentials(failure: &Failure) -> bool {
    const NAMES: [&str; 6] = [
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
    ];
    failure.code.as_deref().is_some_and(|code| NAMES.contains(&code))
}

/// Returns what a policy has to allow the action on: the ARN, with `*` for the ids of parents.
fn resource(list: &ListCall, place: &Place) -> String {
    let part = |variable: &str| Some(place.built_in(variable).unwrap_or("*").to_owned());
    list.resource.render(part).unwrap_or_else(|_| "*".to_owned())
}

/// Keeps the worse; of equals the first.
fn worse(left: Option<Trouble>, right: Option<Trouble>) -> Option<Trouble> {
    match (left, right) {
        (Some(left), Some(right)) if right.severity() > left.severity() => Some(right),
        (Some(left), _) => Some(left),
        (None, right) => right,
    }
}

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
    builder: Option<RowBuilder>,
    complete_lists: u64,
    failed_in_a_row: u32,
    failed_list: Option<Trouble>,
    spoiled_row: Option<Trouble>,
    inherited: Option<Trouble>,
    effort: Effort,
    has_started: bool,
    has_ended: bool,
}

impl Tally {
    pub(super) fn new(node: &Node, place: &Place) -> Self {
        Self {
            scope: scope(&node.dataset.id, place),
            open: 0,
            rows: 0,
            is_sized: true,
            builder: node.requested.then(|| RowBuilder::new(node.dataset.clone())),
            complete_lists: 0,
            failed_in_a_row: 0,
            failed_list: None,
            spoiled_row: None,
            inherited: None,
            effort: Effort::default(),
            has_started: false,
            has_ended: false,
        }
    }

    /// Notes that a list begins and tells whether it is the first of a scope that is wanted.
    pub(super) fn start(&mut self) -> bool {
        !std::mem::replace(&mut self.has_started, true) && self.builder.is_some()
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

    pub(super) fn add_complete_list(&mut self) {
        self.open -= 1;
        self.complete_lists += 1;
        self.failed_in_a_row = 0;
    }

    /// Notes a list that failed; whether it was open is the caller's to count.
    pub(super) fn add_failure(&mut self, trouble: Trouble) {
        self.failed_in_a_row += 1;
        self.failed_list = worse(self.failed_list.take(), Some(trouble));
    }

    /// Notes a row that cannot be taken: the scope fails and takes no more rows.
    pub(super) fn spoil(&mut self, trouble: &Trouble) {
        self.spoiled_row.get_or_insert_with(|| trouble.clone());
    }

    pub(super) fn append(&mut self, key: &str, item: &Item, above: &Lineage) {
        if self.spoiled_row.is_some() {
            return;
        }
        let Some(builder) = &mut self.builder else {
            return;
        };
        match builder.append(key, item, above) {
            Ok(()) => self.rows += 1,
            Err(error) => self.spoiled_row = Some(Trouble::of_error(&error)),
        }
    }

    pub(super) fn waiting_rows(&self) -> usize {
        self.builder.as_ref().map_or(0, RowBuilder::rows)
    }

    /// Returns the rows not handed over yet; none of a spoiled scope.
    pub(super) fn take_rows(&mut self) -> Result<Option<RecordBatch>> {
        match &mut self.builder {
            Some(builder) if builder.rows() > 0 && self.spoiled_row.is_none() => {
                builder.take().map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Returns what its children cannot be complete for.
    pub(super) fn trouble_for_children(&self) -> Option<Trouble> {
        let keyless = self
            .spoiled_row
            .clone()
            .filter(|trouble| trouble.code.as_deref() != Some("UnexpectedValue"));
        let own = worse(self.failed_list.clone(), keyless);
        worse(own, self.inherited.clone()).map(|trouble| trouble.below(&self.scope.dataset))
    }

    /// Ends the scope and says how it went.
    pub(super) fn end(&mut self, above: Option<Trouble>, is_not_enabled: bool) -> ScopeReport {
        self.has_ended = true;
        self.inherited = above;
        let unread = worse(self.failed_list.clone(), self.inherited.clone());
        let (outcome, trouble) = match (self.spoiled_row.clone(), unread) {
            (_, Some(trouble)) if is_not_enabled => (Outcome::NotEnabled, Some(trouble)),
            (Some(trouble), _) => (Outcome::Failed, Some(trouble)),
            (None, Some(trouble)) if self.complete_lists > 0 => (Outcome::Partial, Some(trouble)),
            (None, Some(trouble)) => (trouble.outcome, Some(trouble)),
            (None, None) => (Outcome::Complete, None),
        };
        self.report(outcome, trouble)
    }

    fn report(&self, outcome: Outcome, trouble: Option<Trouble>) -> ScopeReport {
        let finished_at = Utc::now();
        let error_message = trouble.as_ref().map(Trouble::sentence);
        ScopeReport {
            outcome,
            error_code: trouble.and_then(|trouble| trouble.code),
            error_message,
            rows: self.rows,
            calls: self.effort.calls,
            throttles: self.effort.throttles,
            started_at: self.effort.started_at.unwrap_or(finished_at),
            finished_at,
        }
    }
}

/// Returns the scope of a dataset in a place.
pub(super) fn scope(dataset: &str, place: &Place) -> Scope {
    Scope {
        account_id: place.account_id.clone(),
        region: place.region.clone(),
        dataset: dataset.to_owned(),
    }
}

/// Returns the report of a scope in a region that is known not to be enabled: nothing was called.
pub(crate) fn not_enabled_report(now: DateTime<Utc>) -> ScopeReport {
    ScopeReport {
        outcome: Outcome::NotEnabled,
        error_code: None,
        error_message: Some("the region is not enabled for the account".to_owned()),
        rows: 0,
        calls: 0,
        throttles: 0,
        started_at: now,
        finished_at: now,
    }
}
