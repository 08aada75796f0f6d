//! EXPLAIN: the plan as lines of text, and with ANALYZE what each step measured.

use crate::answer::{Answer, Command};
use crate::session::Prepared;
use census_error::{Error, Result};
use datafusion::arrow::array::{RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::{displayable, execute_stream};
use futures::StreamExt;
use std::sync::Arc;

/// Answers EXPLAIN in one column, as PostgreSQL does; the plan itself is DataFusion's.
pub(crate) async fn answer(prepared: Prepared, analyze: bool, verbose: bool) -> Result<Answer> {
    let mut text = String::new();
    if verbose {
        text.push_str(&prepared.logical.display_indent_schema().to_string());
        text.push('\n');
    }
    if analyze {
        let mut rows = execute_stream(Arc::clone(&prepared.physical), prepared.task)
            .map_err(|error| prepared.context.map(error))?;
        while let Some(batch) = rows.next().await {
            batch.map_err(|error| prepared.context.map(error))?;
        }
        let plan = DisplayableExecutionPlan::with_metrics(prepared.physical.as_ref());
        text.push_str(&plan.indent(verbose).to_string());
    } else {
        text.push_str(&displayable(prepared.physical.as_ref()).indent(verbose).to_string());
    }
    let schema = Schema::new(vec![Field::new("QUERY PLAN", DataType::Utf8, false)]);
    let lines: Vec<&str> = text.lines().collect();
    let lines = Arc::new(StringArray::from_iter_values(lines));
    let batch = RecordBatch::try_new(Arc::new(schema), vec![lines]).map_err(Error::internal)?;
    Ok(Answer { completeness: prepared.completeness, ..Answer::of_batch(Command::Explain, batch) })
}
