//! `census.coverage`: the last attempt at each scope, written after the rows it speaks of.

use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::layout::Layout;
use crate::store::Store;
use census_directory::census_tables;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use chrono::{DateTime, Utc};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{Int64Type, TimestampMicrosecondType};
use std::collections::HashMap;
use std::sync::Arc;

/// How complete what a store holds of one scope is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// The account, region and dataset.
    pub scope: Scope,
    /// How the last attempt ended.
    pub outcome: Outcome,
    /// The cloud's name of what went wrong.
    pub error_code: Option<String>,
    /// The cloud's sentence about it.
    pub error_message: Option<String>,
    /// The rows that the last complete attempt read; `None` where there was none.
    pub rows: Option<i64>,
    /// The requests that the last attempt sent.
    pub calls: i64,
    /// The answers that asked the last attempt to slow down.
    pub throttles: i64,
    /// When the last attempt began; `None` where nobody has tried.
    pub started_at: Option<DateTime<Utc>>,
    /// When the last attempt ended; `None` where nobody has tried.
    pub finished_at: Option<DateTime<Utc>>,
    /// When the reading began that last read the scope completely: no row is older. `None` where none ever did.
    pub data_as_of: Option<DateTime<Utc>>,
    /// Whether the last attempt was complete.
    pub complete: bool,
}

impl CoverageRow {
    /// Returns the coverage after an attempt whose lists were read since `since`: one that is not complete leaves the
    /// data, and what is said of it, alone.
    #[must_use]
    pub fn after(
        scope: &Scope,
        report: &ScopeReport,
        former: Option<&Self>,
        since: DateTime<Utc>,
    ) -> Self {
        let complete = report.outcome == Outcome::Complete;
        let kept = former.filter(|_| !complete);
        Self {
            scope: scope.clone(),
            outcome: report.outcome,
            error_code: report.error_code.clone(),
            error_message: report.error_message.clone(),
            rows: if complete {
                Some(count(report.rows))
            } else {
                kept.and_then(|former| former.rows)
            },
            calls: count(report.calls),
            throttles: count(report.throttles),
            started_at: Some(report.started_at),
            finished_at: Some(report.finished_at),
            data_as_of: if complete {
                Some(since)
            } else {
                kept.and_then(|former| former.data_as_of)
            },
            complete,
        }
    }
}

/// Returns the layout of the table.
pub(crate) fn layout() -> Result<Layout> {
    Layout::of_census_table(&census_tables::COVERAGE, &["account_id", "region", "dataset"])
}

/// Returns the coverage of these datasets, or of all, sorted by scope.
pub(crate) async fn read(store: &Store, datasets: &[&str]) -> Result<Vec<CoverageRow>> {
    let Some(table) = VersionedTable::open(store, Arc::new(layout()?)).await? else {
        // Nothing was ever looked at, unless the store itself has gone.
        store.check_marker(false).await?;
        return Ok(Vec::new());
    };
    let mut rows = read_table(&table).await?;
    rows.retain(|row| datasets.is_empty() || datasets.contains(&row.scope.dataset.as_str()));
    rows.sort_by(|left, right| left.scope.cmp(&right.scope));
    Ok(rows)
}

/// Returns the coverage a table holds at its version, by scope.
pub(crate) async fn by_scope(table: &VersionedTable) -> Result<HashMap<Scope, CoverageRow>> {
    let rows = read_table(table).await?;
    Ok(rows.into_iter().map(|row| (row.scope.clone(), row)).collect())
}

async fn read_table(table: &VersionedTable) -> Result<Vec<CoverageRow>> {
    let mut found = Vec::new();
    for file in table.files()?.iter().filter(|file| file.current) {
        let mut reader = file.open(table).await?;
        while let Some(rows) = reader.next().await? {
            let columns = Columns { rows: &rows };
            for row in 0..rows.num_rows() {
                let parsed = columns.parse(row).ok_or_else(|| StoreError::Damaged {
                    path: format!("{}/{}", table.path(), file.path),
                    reason: format!("row {row} is no coverage"),
                })?;
                found.push(parsed);
            }
        }
    }
    Ok(found)
}

/// A batch of the table, read by column name.
struct Columns<'a> {
    rows: &'a RecordBatch,
}

impl Columns<'_> {
    fn parse(&self, row: usize) -> Option<CoverageRow> {
        Some(CoverageRow {
            scope: Scope {
                account_id: self.text("account_id", row)?,
                region: self.text("region", row)?,
                dataset: self.text("dataset", row)?,
            },
            outcome: Outcome::parse(&self.text("outcome", row)?)?,
            error_code: self.text("error_code", row),
            error_message: self.text("error_message", row),
            rows: self.number("rows", row),
            calls: self.number("calls", row)?,
            throttles: self.number("throttles", row)?,
            started_at: self.time("started_at", row),
            finished_at: self.time("finished_at", row),
            data_as_of: self.time("data_as_of", row),
            complete: self.rows.column_by_name("complete")?.as_boolean_opt()?.value(row),
        })
    }

    fn text(&self, name: &str, row: usize) -> Option<String> {
        let column = self.rows.column_by_name(name)?.as_string_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row).to_owned())
    }

    fn number(&self, name: &str, row: usize) -> Option<i64> {
        let column = self.rows.column_by_name(name)?.as_primitive_opt::<Int64Type>()?;
        column.is_valid(row).then(|| column.value(row))
    }

    fn time(&self, name: &str, row: usize) -> Option<DateTime<Utc>> {
        let column =
            self.rows.column_by_name(name)?.as_primitive_opt::<TimestampMicrosecondType>()?;
        column.is_valid(row).then(|| DateTime::from_timestamp_micros(column.value(row))).flatten()
    }
}

/// Returns coverage as rows of the table.
pub(crate) fn to_rows(coverage: &[CoverageRow]) -> Result<RecordBatch> {
    let text = |value: &dyn Fn(&CoverageRow) -> Option<String>| -> ArrayRef {
        Arc::new(coverage.iter().map(value).collect::<StringArray>())
    };
    let number = |value: &dyn Fn(&CoverageRow) -> Option<i64>| -> ArrayRef {
        Arc::new(coverage.iter().map(value).collect::<Int64Array>())
    };
    let time = |value: &dyn Fn(&CoverageRow) -> Option<DateTime<Utc>>| -> ArrayRef {
        let micros = coverage.iter().map(|row| value(row).map(|time| time.timestamp_micros()));
        Arc::new(micros.collect::<TimestampMicrosecondArray>())
    };
    let complete: BooleanArray = coverage.iter().map(|row| Some(row.complete)).collect();
    let columns: Vec<ArrayRef> = vec![
        text(&|row| Some(row.scope.account_id.clone())),
        text(&|row| Some(row.scope.region.clone())),
        text(&|row| Some(row.scope.dataset.clone())),
        text(&|row| Some(row.outcome.as_str().to_owned())),
        text(&|row| row.error_code.clone()),
        text(&|row| row.error_message.clone()),
        number(&|row| row.rows),
        number(&|row| Some(row.calls)),
        number(&|row| Some(row.throttles)),
        time(&|row| row.started_at),
        time(&|row| row.finished_at),
        time(&|row| row.data_as_of),
        Arc::new(complete),
    ];
    Ok(RecordBatch::try_new(census_tables::COVERAGE.schema(), columns)?)
}

fn count(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
