//! Ends the runs that broke off: nobody else will, for whoever took them was killed.

use crate::delta_table::VersionedTable;
use crate::error::Result;
use crate::heartbeat::Signs;
use crate::run::BROKE_OFF;
use census_directory::census_tables;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use datafusion::arrow::compute::{cast, concat_batches, filter_record_batch};
use datafusion::arrow::datatypes::{FieldRef, TimestampMicrosecondType};
use std::sync::Arc;

/// Returns the rows of the runs that have no end and give no sign of life, as they are to be: failed, at their last
/// sign. None of them is the run that asks.
pub(crate) async fn ended(
    table: &VersionedTable,
    signs: &Signs,
    asking: &str,
) -> Result<RecordBatch> {
    let schema = census_tables::RUNS.schema();
    let mut found = Vec::new();
    for file in table.files()?.iter().filter(|file| file.current) {
        let mut reader = file.open(table).await?;
        while let Some(rows) = reader.next().await? {
            // Moments are stored with their zone, as Delta wants them.
            let shown = |field: &FieldRef| cast(&rows[field.name()], field.data_type());
            let columns: Vec<ArrayRef> =
                schema.fields().iter().map(shown).collect::<Result<_, _>>()?;
            let rows = RecordBatch::try_new(Arc::clone(&schema), columns)?;
            let is_over = is_over(&rows, signs, asking);
            found.push(end(&filter_record_batch(&rows, &is_over)?, signs)?);
        }
    }
    Ok(concat_batches(&schema, &found)?)
}

fn is_over(rows: &RecordBatch, signs: &Signs, asking: &str) -> BooleanArray {
    let outcomes = &rows["outcome"];
    let starts = rows["started_at"].as_primitive::<TimestampMicrosecondType>();
    let runs = rows["run_id"].as_string::<i32>().iter();
    let is_over = runs.enumerate().map(|(row, run_id)| {
        let run_id = run_id.unwrap_or_default();
        let started_at = chrono::DateTime::from_timestamp_micros(starts.value(row));
        outcomes.is_null(row) && run_id != asking && !signs.may_go_on(run_id, started_at)
    });
    is_over.map(Some).collect()
}

fn end(rows: &RecordBatch, signs: &Signs) -> Result<RecordBatch> {
    let runs = rows["run_id"].as_string::<i32>();
    let ends: TimestampMicrosecondArray = runs
        .iter()
        .map(|run_id| signs.last(run_id.unwrap_or_default()).map(|last| last.timestamp_micros()))
        .collect();
    let outcomes: StringArray = runs.iter().map(|_| Some(BROKE_OFF)).collect();
    let columns = rows.schema_ref().fields().iter().zip(rows.columns());
    let columns = columns.map(|(field, column)| match field.name().as_str() {
        "finished_at" => Arc::new(ends.clone()) as ArrayRef,
        "outcome" => Arc::new(outcomes.clone()),
        _ => Arc::clone(column),
    });
    Ok(RecordBatch::try_new(rows.schema(), columns.collect())?)
}
