//! What arrivals change in a table: compares their rows with the present ones by digest.

use crate::data_file::DataFile;
use crate::delta_table::VersionedTable;
use crate::digest::Digests;
use crate::error::Result;
use crate::known::{Arrival, Fate, KnownRow, Ownership};
use crate::layout::{VALID_FROM, VALID_TO};
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use futures::TryStreamExt;
use std::collections::{HashMap, HashSet};

/// What became of the rows of a commit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Rows that were not there.
    pub(crate) created: u64,
    /// Rows that were there with other content.
    pub(crate) updated: u64,
    /// Rows that are gone.
    pub(crate) deleted: u64,
    /// Rows that were there as they are.
    pub(crate) unchanged: u64,
}

/// The difference between arrivals and the present rows of a table at one version.
#[derive(Debug)]
pub(crate) struct Change {
    /// What the arrivals are about.
    pub(crate) ownership: Ownership,
    /// For each arrival, in the order of its rows: whether the row opens a version.
    pub(crate) opens: Vec<Vec<bool>>,
    /// For each arrival, when its versions begin and those it ends end (microseconds).
    pub(crate) times: Vec<i64>,
    /// For each file, how many of its rows end.
    pub(crate) ending: Vec<usize>,
    /// What became of the rows.
    pub(crate) counts: Counts,
    known: HashMap<u128, KnownRow>,
    removes: Vec<bool>,
}

impl Change {
    /// Compares; `files` are the table's active files.
    pub(crate) async fn find(
        table: &VersionedTable,
        files: &[DataFile],
        arrivals: &[Arrival],
    ) -> Result<Self> {
        let mut change = Self {
            ownership: Ownership::of(&table.layout, arrivals).await?,
            opens: Vec::with_capacity(arrivals.len()),
            times: arrivals.iter().map(|arrival| arrival.seen_at).collect(),
            ending: vec![0; files.len()],
            counts: Counts::default(),
            known: HashMap::new(),
            removes: arrivals.iter().map(|arrival| arrival.scope.is_some()).collect(),
        };
        for (position, file) in files.iter().enumerate() {
            if !change.ownership.may_touch(&file.statistics) {
                continue;
            }
            if file.current {
                change.learn(table, position, file).await?;
            } else if change.may_be_behind(file) {
                change.follow(table, file).await?;
            }
        }
        for arrival in arrivals {
            change.compare(table, arrival).await?;
        }
        change.conclude();
        Ok(change)
    }

    /// Tells whether nothing has to be written.
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.created + self.counts.updated + self.counts.deleted == 0
    }

    /// Returns, for each row of a batch of present versions, when it ends, if it does (microseconds).
    pub(crate) fn endings(
        &self,
        table: &VersionedTable,
        rows: &RecordBatch,
    ) -> Result<Vec<Option<i64>>> {
        let owners = self.ownership.owners(&table.layout, rows)?;
        let ending = |(arrival, identity): (usize, u128)| {
            let known = self.known.get(&identity)?;
            self.ends(known).then(|| self.times[arrival])
        };
        Ok(owners.into_iter().map(|owner| owner.and_then(ending)).collect())
    }

    async fn learn(
        &mut self,
        table: &VersionedTable,
        position: usize,
        file: &DataFile,
    ) -> Result<()> {
        let from = table.layout.stored.index_of(VALID_FROM)?;
        let mut reader = file.open(table).await?;
        while let Some(rows) = reader.next().await? {
            let owners = self.ownership.owners(&table.layout, &rows)?;
            let times = rows.column(from).as_primitive::<TimestampMicrosecondType>();
            let mut digests = Digests::new(&table.layout, &rows)?;
            for (row, owner) in owners.into_iter().enumerate() {
                let Some((arrival, identity)) = owner else { continue };
                // A version must not end before it began, whatever the clock did in between.
                if times.is_valid(row) {
                    self.times[arrival] = self.times[arrival].max(times.value(row) + 1);
                }
                let content = digests.content(row);
                self.known.insert(
                    identity,
                    KnownRow { content, file: position, arrival, fate: Fate::Missing },
                );
            }
        }
        Ok(())
    }

    /// Tells whether a file of the history may hold versions that ended after an arrival was seen.
    fn may_be_behind(&self, file: &DataFile) -> bool {
        let latest = file.statistics.latest(VALID_TO).unwrap_or(i64::MAX);
        self.times.iter().any(|time| *time < latest)
    }

    /// Moves arrivals behind the end of what is known of their rows: the clock may have gone back.
    async fn follow(&mut self, table: &VersionedTable, file: &DataFile) -> Result<()> {
        let to = table.layout.stored.index_of(VALID_TO)?;
        let mut reader = file.open(table).await?;
        while let Some(rows) = reader.next().await? {
            let owners = self.ownership.owners(&table.layout, &rows)?;
            let times = rows.column(to).as_primitive::<TimestampMicrosecondType>();
            for (row, owner) in owners.into_iter().enumerate() {
                if let Some((arrival, _)) = owner.filter(|_| times.is_valid(row)) {
                    self.times[arrival] = self.times[arrival].max(times.value(row));
                }
            }
        }
        Ok(())
    }

    async fn compare(&mut self, table: &VersionedTable, arrival: &Arrival) -> Result<()> {
        let mut opens = Vec::with_capacity(arrival.rows.rows());
        let mut fresh = HashSet::new();
        let mut batches = arrival.rows.read();
        while let Some(rows) = batches.try_next().await? {
            let mut digests = Digests::new(&table.layout, &rows)?;
            let keys = arrival.scope.as_ref().and_then(|_| table.layout.keys(&rows));
            for row in 0..rows.num_rows() {
                if keys.is_some_and(|keys| !arrival.proof.covers(keys.value(row))) {
                    opens.push(false);
                    continue;
                }
                let identity = digests.identity(row);
                let open = match self.known.get_mut(&identity) {
                    // A listing that shifts under its reader may show a row twice: the first one counts.
                    Some(known) if known.fate != Fate::Missing => false,
                    Some(known) => {
                        let same = known.content == digests.content(row);
                        known.fate = if same { Fate::Unchanged } else { Fate::Replaced };
                        !same
                    }
                    None => fresh.insert(identity),
                };
                opens.push(open);
            }
        }
        self.counts.created += fresh.len() as u64;
        self.opens.push(opens);
        Ok(())
    }

    fn conclude(&mut self) {
        for known in self.known.values() {
            match known.fate {
                Fate::Unchanged => self.counts.unchanged += 1,
                Fate::Replaced => self.counts.updated += 1,
                Fate::Missing if self.removes[known.arrival] => self.counts.deleted += 1,
                Fate::Missing => {}
            }
            if self.ends(known) {
                self.ending[known.file] += 1;
            }
        }
    }

    fn ends(&self, known: &KnownRow) -> bool {
        match known.fate {
            Fate::Unchanged => false,
            Fate::Replaced => true,
            Fate::Missing => self.removes[known.arrival],
        }
    }
}
