//! Whether what a list lies below is gone, where the service says so of the list alone.

use crate::call::Effort;
use crate::failure::FailureKind;
use crate::lineage::Lineage;
use crate::listing::{Listing, read_page};
use crate::walk::Ground;
use serde_json::Value;
use std::sync::Arc;

/// Tells whether a list that is said to be gone lies below a row that is gone as well: that row is looked for once more
/// in its own list. Whatever keeps it from being looked for proves nothing.
pub(crate) async fn is_gone(ground: &Ground, listing: &Listing, effort: &mut Effort) -> bool {
    let mut below = (listing.node, Arc::clone(&listing.above));
    loop {
        let (node, row) = &below;
        let (Some(parent), Some(above)) = (ground.plan.nodes[*node].parent, row.above()) else {
            return false;
        };
        match is_listed(ground, parent, above, (*node, row), effort).await {
            Ok(is_listed) => return !is_listed,
            // The list of the row is said to be gone in turn.
            Err(Some(FailureKind::Gone)) => below = (parent, Arc::clone(above)),
            Err(_) => return false,
        }
    }
}

/// Looks in a list for the row that a node is listed under; an error is that of the call, or none where the list cannot
/// be asked for or read.
async fn is_listed(
    ground: &Ground,
    node: usize,
    above: &Arc<Lineage>,
    (child, row): (usize, &Arc<Lineage>),
    effort: &mut Effort,
) -> Result<bool, Option<FailureKind>> {
    let dataset = &ground.plan.nodes[node].dataset;
    // Names may have changed meanwhile: a row is known by where its children are asked for.
    let path = |row: Arc<Lineage>| {
        let listing = Listing::new(child, &ground.plan.nodes[child].dataset, row, true);
        listing.ok().map(|listing| listing.path().to_owned())
    };
    let wanted = path(Arc::clone(row));
    let mut listing = Listing::new(node, dataset, Arc::clone(above), true).map_err(|_| None)?;
    loop {
        let request = listing.request(&ground.endpoints[node], &dataset.list);
        let (page, tried) =
            ground.caller.call(&request, |answer| read_page(&dataset.list, answer)).await;
        effort.calls += tried.calls;
        effort.throttles += tried.throttles;
        let page = match page {
            Ok(page) => page,
            Err(failure) if listing.is_mended(&failure) => continue,
            Err(failure) => return Err(Some(failure.kind)),
        };
        for item in page.items {
            let Value::Object(item) = item else { return Err(None) };
            if path(Lineage::below(above, dataset, &item)) == wanted {
                return Ok(true);
            }
        }
        match page.next {
            None => return Ok(false),
            Some(token) => listing.turn_to(token).map_err(|failure| Some(failure.kind))?,
        }
    }
}
