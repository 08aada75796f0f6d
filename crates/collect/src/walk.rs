//! The walk through one account's region: lists, and the lists below each of their rows.

mod tally;

use crate::call::{Caller, Effort};
use crate::error::CollectError;
use crate::failure::{Failure, FailureKind};
use crate::lineage::{Item, Lineage, Place};
use crate::listing::{Listing, Page, read_page};
use crate::plan::Plan;
use crate::progress::{Event, Progress};
use crate::region::RegionCheck;
use crate::row;
use crate::sink::Sink;
use census_directory::scope::{Scope, ScopeReport};
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use serde_json::Value;
use std::sync::Arc;
pub(crate) use tally::not_enabled_report;
use tally::{Tally, Trouble};

/// Rows in a batch handed to the sink.
const BATCH_ROWS: usize = 2048;

/// What does not change during a walk.
pub(crate) struct Ground {
    /// What is listed.
    pub(crate) plan: Arc<Plan>,
    /// Where.
    pub(crate) place: Arc<Place>,
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
    is_not_enabled: bool,
    walked: Walked,
}

/// Lists everything that is planned and hands the rows to the sink.
///
/// # Errors
/// Only the sink's; what AWS refuses ends up in the scopes' reports.
pub(crate) async fn walk(ground: Arc<Ground>) -> census_error::Result<Walked> {
    let tallies = ground.plan.nodes.iter().map(|node| Tally::new(node, &ground.place)).collect();
    let mut walk = Walk {
        tallies,
        waiting: Vec::new(),
        in_flight: FuturesUnordered::new(),
        is_not_enabled: false,
        walked: Walked::default(),
        ground,
    };
    let root = Lineage::root(Arc::clone(&walk.ground.place));
    for index in (0..walk.ground.plan.nodes.len()).rev() {
        if walk.ground.plan.nodes[index].parent.is_none() {
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
        if tally.has_given_up() {
            return;
        }
        let dataset = &self.ground.plan.nodes[index].dataset;
        match Listing::new(index, dataset, Arc::clone(above), tally.is_sized) {
            Ok(listing) => {
                tally.open += 1;
                self.waiting.push(listing);
            }
            Err(error) => tally.add_failure(Trouble::of_error(&error)),
        }
    }

    fn send_waiting(&mut self) {
        while self.in_flight.len() < self.ground.calls_at_once {
            let Some(listing) = self.waiting.pop() else {
                return;
            };
            let tally = &mut self.tallies[listing.node];
            if self.is_not_enabled || tally.has_given_up() {
                tally.open -= 1;
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
            let (result, effort) =
                ground.caller.call(&request, |answer| read_page(list, answer)).await;
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
        self.tallies[index].is_sized &= listing.is_sized;
        self.take_items(&mut listing, page.items).await?;
        let turned = page.next.map(|token| listing.turn_to(token));
        match turned {
            None => self.tallies[index].add_complete_list(),
            Some(Err(failure)) => self.fail(index, &failure),
            Some(Ok(())) => self.send(listing),
        }
        Ok(())
    }

    async fn take_failure(&mut self, mut listing: Listing, failure: Failure) {
        let index = listing.node;
        let is_root = self.ground.plan.nodes[index].parent.is_none();
        if failure.kind == FailureKind::Gone && !is_root {
            self.tallies[index].add_complete_list();
            return;
        }
        if listing.is_mended(&failure) {
            self.send(listing);
            return;
        }
        if is_root && is_unknown_client(&failure) {
            let region = &self.ground.place.region;
            self.is_not_enabled |= self.ground.regions.is_enabled(region).await == Some(false);
        }
        self.fail(index, &failure);
    }

    fn fail(&mut self, index: usize, failure: &Failure) {
        let list = &self.ground.plan.nodes[index].dataset.list;
        let tally = &mut self.tallies[index];
        tally.open -= 1;
        tally.add_failure(Trouble::of_call(failure, list, &self.ground.place));
    }

    async fn take_items(
        &mut self,
        listing: &mut Listing,
        items: Vec<Value>,
    ) -> census_error::Result<()> {
        let index = listing.node;
        let ground = Arc::clone(&self.ground);
        let node = &ground.plan.nodes[index];
        let before = self.tallies[index].rows;
        for value in items {
            let item = match as_item(value, &node.dataset.id) {
                Ok(item) => item,
                Err(error) => {
                    self.tallies[index].spoil(&Trouble::of_error(&error));
                    continue;
                }
            };
            match row::key(&node.dataset, &item, &listing.above) {
                Ok(key) if !listing.is_new(&key) => continue,
                Ok(key) => self.tallies[index].append(&key, &item, &listing.above),
                Err(error) => {
                    self.tallies[index].spoil(&Trouble::of_error(&error));
                    continue;
                }
            }
            if self.tallies[index].waiting_rows() >= BATCH_ROWS {
                self.hand_over(index).await?;
            }
            self.open_below(index, &listing.above, &item);
        }
        let rows = usize::try_from(self.tallies[index].rows - before).unwrap_or(usize::MAX);
        if node.requested && rows > 0 {
            self.ground.progress.event(Event::RowsRead { scope: &self.tallies[index].scope, rows });
        }
        Ok(())
    }

    fn open_below(&mut self, index: usize, above: &Arc<Lineage>, item: &Item) {
        let ground = Arc::clone(&self.ground);
        let node = &ground.plan.nodes[index];
        if node.children.is_empty() {
            return;
        }
        let lineage = Lineage::below(above, &node.dataset, item);
        for child in &node.children {
            if ground.plan.is_worth_listing(*child, &lineage) {
                self.open(*child, &lineage);
            }
        }
    }

    async fn hand_over(&mut self, index: usize) -> census_error::Result<()> {
        match self.tallies[index].take_rows() {
            Ok(Some(batch)) => self.ground.sink.rows(&self.tallies[index].scope, batch).await,
            Ok(None) => Ok(()),
            Err(error) => {
                self.tallies[index].spoil(&Trouble::of_error(&error));
                Ok(())
            }
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
            let report = self.tallies[index].end(above, self.is_not_enabled);
            if self.ground.plan.nodes[index].requested {
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
