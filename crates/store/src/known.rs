//! What a table knows of the rows that a commit is about: which belong to it, and what became of each.

use crate::digest::Digests;
use crate::error::{Result, StoreError};
use crate::layout::Layout;
use crate::staging::StagedRows;
use census_directory::Proof;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use std::collections::{HashMap, HashSet};

/// Rows that arrive to be committed, all of one table.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// The account and region whose rows these are all; without it, they are rows to add or replace and nothing is
    /// removed.
    pub(crate) scope: Option<(String, String)>,
    /// Of which rows of the scope they speak: the others stay as they are known, and come in vain.
    pub(crate) proof: Proof,
    /// When they were seen (microseconds).
    pub(crate) seen_at: i64,
    /// The rows.
    pub(crate) rows: StagedRows,
}

/// What an arrival does to a row that is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It did not come again.
    Missing,
    /// It came as it is known.
    Unchanged,
    /// It came with other content.
    Replaced,
}

/// A present row of the table.
#[derive(Debug)]
pub(crate) struct KnownRow {
    /// The digest of its content.
    pub(crate) content: u128,
    /// The file it is in, by position.
    pub(crate) file: usize,
    /// The arrival it belongs to, by position.
    pub(crate) arrival: usize,
    /// What became of it.
    pub(crate) fate: Fate,
}

/// Tells which of a table's rows the arrivals are about.
#[derive(Debug)]
pub(crate) enum Ownership {
    /// What is proved of scopes: by account and then region the arrival, and for each arrival its proof.
    Scopes(HashMap<String, HashMap<String, usize>>, Vec<Proof>),
    /// These rows only.
    Rows(HashSet<u128>),
}

impl Ownership {
    /// Works out what the arrivals are about.
    pub(crate) async fn of(layout: &Layout, arrivals: &[Arrival]) -> Result<Self> {
        let mut scopes: HashMap<String, HashMap<String, usize>> = HashMap::new();
        let mut identities = HashSet::new();
        for (position, arrival) in arrivals.iter().enumerate() {
            if let Some((account_id, region)) = &arrival.scope {
                scopes.entry(account_id.clone()).or_default().insert(region.clone(), position);
                continue;
            }
            let mut rows = arrival.rows.read();
            while let Some(rows) = futures::TryStreamExt::try_next(&mut rows).await? {
                let mut digests = Digests::new(layout, &rows)?;
                identities.extend((0..rows.num_rows()).map(|row| digests.identity(row)));
            }
        }
        if !identities.is_empty() {
            return Ok(Self::Rows(identities));
        }
        let proofs = arrivals.iter().map(|arrival| arrival.proof.clone()).collect();
        Ok(Self::Scopes(scopes, proofs))
    }

    /// Returns, for each row of a batch in stored columns, its arrival and identity if an arrival is about it.
    pub(crate) fn owners(
        &self,
        layout: &Layout,
        rows: &RecordBatch,
    ) -> Result<Vec<Option<(usize, u128)>>> {
        let mut digests = Digests::new(layout, rows)?;
        match self {
            Self::Rows(identities) => Ok((0..rows.num_rows())
                .map(|row| {
                    Some((0, digests.identity(row)))
                        .filter(|(_, identity)| identities.contains(identity))
                })
                .collect()),
            Self::Scopes(scopes, proofs) => {
                let missing = || StoreError::Internal("a table without account and region".into());
                let (account, region) = layout.scope_columns().ok_or_else(missing)?;
                let keys = layout.keys(rows);
                let accounts = rows.column(account).as_string::<i32>();
                let regions = rows.column(region).as_string::<i32>();
                let mut owners = Vec::with_capacity(rows.num_rows());
                for row in 0..rows.num_rows() {
                    let known = accounts.is_valid(row) && regions.is_valid(row);
                    let arrival = Some(row).filter(|_| known).and_then(|row| {
                        let arrival = *scopes.get(accounts.value(row))?.get(regions.value(row))?;
                        keys.is_none_or(|keys| proofs[arrival].covers(keys.value(row)))
                            .then_some(arrival)
                    });
                    owners.push(arrival.map(|arrival| (arrival, digests.identity(row))));
                }
                Ok(owners)
            }
        }
    }

    /// Tells whether a file with these statistics may hold rows that the arrivals are about.
    pub(crate) fn may_touch(&self, statistics: &crate::statistics::FileStatistics) -> bool {
        let Self::Scopes(scopes, _) = self else { return true };
        scopes.iter().any(|(account_id, regions)| {
            statistics.may_hold_text("account_id", account_id, account_id)
                && regions.keys().any(|region| statistics.may_hold_text("region", region, region))
        })
    }
}
