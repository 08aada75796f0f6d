//! The walk through one account's region: lists, and the lists below each of their rows.

mod tally;

use crate::call::{Caller, Effort, LONGEST_SILENCE};
use crate::departure::is_gone;
use crate::error::CollectError;
use crate::failure::{Failure, FailureKind};
use crate::lineage::{Item, Lineage, Place};
use crate::listing::{Listing, Page, read_page};
use crate::plan::Plan;
use crate::progress::{Event, Progress};
use crate::region::RegionCheck;
use crate::row;
use crate::sink::Sink;
use crate::trouble::Trouble;
use census_directory::UnreadPart;
use census_directory::scope::{Scope, ScopeReport};
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use serde_json::Value;
use std::sync::Arc;
use tally::Tally;
pub(crate) use tally::{not_enabled_report, scope};

/// After so many lists on end to which no connection came about, the region's remaining ones are not tried.
const CUT_OFF: u32 = 16;
/// Rows in a batch handed to the sink.
const BATCH_ROWS: usize = 2048;

/// What does not change during a walk.
pub(crate) struct Ground {
    /// What is listed.
    pub(crate) plan: Arc<Plan>,
    /// Where.
    pub(crate) place: Arc<Place>,
    /// Of each node of the plan, whether its rows are wanted here.
    pub(crate) wanted: Vec<bool>,
    /// The endpoint of each node of the plan.
    pub(crate) endpoints: Vec<String>,
    /// How calls are made.
    pub(crate) caller: Caller,
    /// Whom to ask whether the region is enabled, when AWS does not know valid credentials there.
    pub(crate) regions: Arc<RegionCheck>,
    /// Who takes the rows.
    pub(crate) sink: Arc<dyn Sink>,
    /// Who is told.
    pub(crate) progress: Arc<dyn Progress>,
    /// Calls in flight.
    pub(crate) calls_at_once: usize,
}

impl Ground {
    /// Returns what is not known of the rows of a node because a list of another, above it or itself, failed below
    /// `above`; what is listed below the `seen` rows of that list is known all the same.
    fn unread(
        &self,
        node: usize,
        listed: usize,
        above: &Lineage,
        seen: &[Arc<Lineage>],
    ) -> UnreadPart {
        let (dataset, listed_dataset) =
            (&self.plan.nodes[node].dataset, &self.plan.nodes[listed].dataset);
        let mut except = Vec::new();
        if node != listed {
            let known = seen.iter().map(|row| row.beginning(dataset, listed_dataset));
            except.extend(known.filter(|(_, is_exact)| *is_exact).map(|(beginning, _)| beginning));
        }
        if above.is_root() && except.is_empty() {
            return UnreadPart::default();
        }
        let (beginning, _) = above.beginning(dataset, listed_dataset);
        UnreadPart { beginning, except }
    }
}

/// What a walk took and how its scopes ended.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// Every wanted scope.
    pub(crate) scopes: Vec<(Scope, ScopeReport)>,
    /// Requests sent, also for datasets that were only listed for their descendants' sake.
    pub(crate) calls: u64,
    /// Answers that asked to slow down.
    pub(crate) throttles: u64,
}

type Fetched = (Listing, Result<Page, Failure>, Effort);

/// A walk under way.
struct Walk {
    ground: Arc<Ground>,
    tallies: Vec<Tally>,
    /// Lists not begun, the last first: what lies below a row is finished before the next row's begins,
    /// so that little waits.
    waiting: Vec<Listing>,
    in_flight: FuturesUnordered<BoxFuture<'static, Fetched>>,
    /// Why nothing more is asked for.
    halt: Option<Trouble>,
    /// Lists that failed since the last answer, because no connection came about.
    unreachable_in_a_row: u32,
    walked: Walked,
}

/// Lists everything that is planned and hands the rows to the sink.
///
/// # Errors
/// Only the sink's; what AWS refuses ends up in the scopes' reports.
pub(crate) async fn walk(ground: Arc<Ground>) -> census_error::Result<Walked> {
    let nodes = ground.plan.nodes.iter().zip(&ground.wanted);
    let tallies = nodes.map(|(node, wanted)| Tally::new(node, *wanted, &ground.place)).collect();
    let mut walk = Walk {
        tallies,
        waiting: Vec::new(),
        in_flight: FuturesUnordered::new(),
        halt: None,
        unreachable_in_a_row: 0,
        walked: Walked::default(),
        ground,
    };
    let root = Lineage::root(Arc::clone(&walk.ground.place));
    for index in (0..walk.ground.plan.nodes.len()).rev() {
        let is_root = walk.ground.plan.nodes[index].parent.is_none();
        if is_root && walk.ground.plan.is_worth_listing(index, &root, &walk.ground.wanted) {
            walk.open(index, &root);
        }
    }
    loop {
        walk.send_waiting();
        let Some((listing, fetched, effort)) = walk.in_flight.next().await else {
            break;
        };
        walk.take(listing, fetched, &effort).await?;
        walk.finish_ended().await?;
    }
    walk.finish_ended().await?;
    Ok(walk.walked)
}

impl Walk {
    /// Puts a list in the queue.
    fn open(&mut self, index: usize, above: &Arc<Lineage>) {
        let tally = &mut self.tallies[index];
        let dataset = &self.ground.plan.nodes[index].dataset;
        match Listing::new(index, dataset, Arc::clone(above), tally.is_sized) {
            Ok(listing) => {
                tally.open += 1;
                self.waiting.push(listing);
            }
            Err(error) => {
                tally.add_failure(Trouble::of_error(&error), None);
                self.leave_unread(index, above, &[]);
            }
        }
    }

    fn send_waiting(&mut self) {
        while self.in_flight.len() < self.ground.calls_at_once {
            let Some(listing) = self.waiting.pop() else {
                return;
            };
            let tally = &mut self.tallies[listing.node];
            if self.halt.is_some() || tally.has_given_up() {
                tally.open -= 1;
                tally.add_untried(self.halt.as_ref(), path_below(&listing));
                self.leave_unread(listing.node, &listing.above, &[]);
                continue;
            }
            if tally.start() {
                self.ground.progress.event(Event::ScopeStarted { scope: &tally.scope });
            }
            self.send(listing);
        }
    }

    fn send(&mut self, listing: Listing) {
        let ground = Arc::clone(&self.ground);
        self.in_flight.push(Box::pin(async move {
            let list = &ground.plan.nodes[listing.node].dataset.list;
            let request = listing.request(&ground.endpoints[listing.node], list);
            let (mut result, mut effort) =
                ground.caller.call(&request, |answer| read_page(list, answer)).await;
            if let Err(failure) = &mut result
                && failure.kind == FailureKind::Gone
                && ground.plan.nodes[listing.node].parent.is_some()
                && !is_gone(&ground, &listing, &mut effort).await
            {
                failure.kind = FailureKind::Refused;
                failure.message.push_str(", though what it lies below is listed");
            }
            (listing, result, effort)
        }));
    }

    async fn take(
        &mut self,
        mut listing: Listing,
        fetched: Result<Page, Failure>,
        effort: &Effort,
    ) -> census_error::Result<()> {
        let index = listing.node;
        self.note_effort(index, effort);
        let page = match fetched {
            Ok(page) => page,
            Err(failure) => {
                self.take_failure(listing, failure).await;
                return Ok(());
            }
        };
        self.unreachable_in_a_row = 0;
        self.tallies[index].is_sized &= listing.is_sized;
        self.take_items(&mut listing, page.items).await?;
        let turned = page.next.map(|token| listing.turn_to(token));
        match turned {
            None => self.end(&mut listing),
            Some(Err(failure)) => self.fail(&listing, &failure),
            Some(Ok(())) => self.send(listing),
        }
        Ok(())
    }

    async fn take_failure(&mut self, mut listing: Listing, failure: Failure) {
        let is_root = self.ground.plan.nodes[listing.node].parent.is_none();
        if failure.kind == FailureKind::Gone && !is_root {
            self.end(&mut listing);
            return;
        }
        if listing.is_mended(&failure) {
            self.send(listing);
            return;
        }
        let list = &self.ground.plan.nodes[listing.node].dataset.list;
        let mut trouble = Trouble::of_call(&failure, list, &self.ground.place);
        if is_root && is_unknown_client(&failure) {
            let region = &self.ground.place.region;
            if let Some(told) =
                Trouble::of_region(self.ground.regions.standing(region).await, region)
            {
                self.halt = Some(told.clone());
                trouble = told;
            }
        }
        if failure.kind == FailureKind::Unreachable {
            self.unreachable_in_a_row += 1;
            if self.unreachable_in_a_row >= CUT_OFF {
                self.halt.get_or_insert_with(|| Trouble::cut_off(&failure, CUT_OFF, "lists"));
            }
        } else if failure.kind == FailureKind::Unanswered {
            if self.ground.caller.silence.is_final() {
                let silence = || Trouble::cut_off(&failure, LONGEST_SILENCE, "attempts");
                self.halt.get_or_insert_with(silence);
            }
        } else {
            self.unreachable_in_a_row = 0;
        }
        self.fail_with(&listing, trouble);
    }

    /// Ends a list that was read to its last page.
    fn end(&mut self, listing: &mut Listing) {
        let tally = &mut self.tallies[listing.node];
        tally.open -= 1;
        match (listing.keyless.take(), listing.misfit.take()) {
            (Some(trouble), _) => {
                tally.add_failure(trouble, path_below(listing));
                self.leave_unread(listing.node, &listing.above, &listing.parents);
            }
            (None, Some(trouble)) => {
                tally.add_misfit(trouble, path_below(listing));
                tally.unread.push(self.ground.unread(
                    listing.node,
                    listing.node,
                    &listing.above,
                    &[],
                ));
            }
            (None, None) => tally.add_complete_list(),
        }
    }

    fn fail(&mut self, listing: &Listing, failure: &Failure) {
        let list = &self.ground.plan.nodes[listing.node].dataset.list;
        self.fail_with(listing, Trouble::of_call(failure, list, &self.ground.place));
    }

    fn fail_with(&mut self, listing: &Listing, trouble: Trouble) {
        let tally = &mut self.tallies[listing.node];
        tally.open -= 1;
        tally.add_failure(trouble, path_below(listing));
        self.leave_unread(listing.node, &listing.above, &listing.parents);
    }

    /// Notes that a list was not read to its end: neither its own rows are known nor what else is listed below
    /// them, except below those that were seen.
    fn leave_unread(&mut self, index: usize, above: &Lineage, seen: &[Arc<Lineage>]) {
        for below in self.ground.plan.branch(index) {
            if self.ground.wanted[below] {
                let part = self.ground.unread(below, index, above, seen);
                self.tallies[below].unread.push(part);
            }
        }
    }

    async fn take_items(
        &mut self,
        listing: &mut Listing,
        items: Vec<Value>,
    ) -> census_error::Result<()> {
        let index = listing.node;
        let ground = Arc::clone(&self.ground);
        let dataset = &ground.plan.nodes[index].dataset;
        let before = self.tallies[index].rows;
        for value in items {
            let keyed = as_item(value, &dataset.id)
                .and_then(|item| Ok((row::key(dataset, &item, &listing.above)?, item)));
            let (key, item) = match keyed {
                Ok(keyed) => keyed,
                Err(error) => {
                    listing.keyless.get_or_insert_with(|| Trouble::of_error(&error));
                    continue;
                }
            };
            if !listing.is_new(&key) {
                continue;
            }
            if let Err(error) = self.tallies[index].append(&key, &item, &listing.above) {
                listing.misfit.get_or_insert_with(|| Trouble::of_error(&error));
            }
            if self.tallies[index].waiting_rows() >= BATCH_ROWS {
                self.hand_over(index).await?;
            }
            self.open_below(listing, &item);
        }
        let rows = usize::try_from(self.tallies[index].rows - before).unwrap_or(usize::MAX);
        if rows > 0 {
            self.ground.progress.event(Event::RowsRead { scope: &self.tallies[index].scope, rows });
        }
        Ok(())
    }

    fn open_below(&mut self, listing: &mut Listing, item: &Item) {
        let ground = Arc::clone(&self.ground);
        let node = &ground.plan.nodes[listing.node];
        if node.children.is_empty() {
            return;
        }
        let lineage = Lineage::below(&listing.above, &node.dataset, item);
        listing.parents.push(Arc::clone(&lineage));
        for child in &node.children {
            if ground.plan.is_worth_listing(*child, &lineage, &ground.wanted) {
                self.open(*child, &lineage);
            }
        }
    }

    async fn hand_over(&mut self, index: usize) -> census_error::Result<()> {
        match self.tallies[index].take_rows() {
            Ok(Some(batch)) => self.ground.sink.rows(&self.tallies[index].scope, batch).await,
            Ok(None) => Ok(()),
            // Columns that do not make a batch are a mistake of ours, not of what was read.
            Err(error) => Err(error.into()),
        }
    }

    /// Ends every scope whose parent's scope has ended and whose own lists are all read.
    async fn finish_ended(&mut self) -> census_error::Result<()> {
        for index in 0..self.tallies.len() {
            let parent = self.ground.plan.nodes[index].parent;
            let may_grow = parent.is_some_and(|parent| !self.tallies[parent].has_ended());
            if may_grow || self.tallies[index].has_ended() || self.tallies[index].open > 0 {
                continue;
            }
            self.hand_over(index).await?;
            let above = parent.and_then(|parent| self.tallies[parent].trouble_for_children());
            let report = self.tallies[index].end(above);
            if self.ground.wanted[index] {
                self.finish(index, report).await?;
            }
        }
        Ok(())
    }

    async fn finish(&mut self, index: usize, report: ScopeReport) -> census_error::Result<()> {
        let scope = self.tallies[index].scope.clone();
        self.ground.sink.finish(&scope, report.clone()).await?;
        self.ground.progress.event(Event::ScopeFinished { scope: &scope, report: &report });
        self.walked.scopes.push((scope, report));
        Ok(())
    }

    fn note_effort(&mut self, index: usize, effort: &Effort) {
        let scope = &self.tallies[index].scope;
        let (account_id, region, dataset) = (&scope.account_id, &scope.region, &scope.dataset);
        self.ground.progress.event(Event::CallMade { account_id, region, dataset });
        self.tallies[index].add_effort(effort);
        self.walked.calls += effort.calls;
        self.walked.throttles += effort.throttles;
    }
}

/// Returns the path of a list that lies below a parent, by which it is told from the others.
fn path_below(listing: &Listing) -> Option<&str> {
    (!listing.above.is_root()).then(|| listing.path())
}

fn as_item(value: Value, dataset: &str) -> Result<Item, CollectError> {
    match value {
        Value::Object(item) => Ok(item),
        other => Err(CollectError::UnexpectedItem {
            dataset: dataset.to_owned(),
            found: row::kind_of(&other),
        }),
    }
}

/// Tells whether AWS does not know the credentials, which a region that is not enabled answers to valid ones
/// (AWS General Reference, "Managing AWS Regions").
fn is_unknown_client(failure: &Failure) -> bool {
    const NAMES: [&str; 5] = [
        "UnrecognizedClientException",
        "InvalidClientTokenId",
        "AuthFailure",
        "OptInRequired",
        "OptInRequiredException",
    ];
    failure.code.as_deref().is_some_and(|code| NAMES.contains(&code))
}
