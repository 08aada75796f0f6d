//! Findings as rows of `census.findings`.

use census_apigateway::check::Finding;
use census_directory::census_tables;
use datafusion::arrow::array::{ArrayRef, RecordBatch, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

/// Rows that make a batch.
const ROWS_AT_ONCE: usize = 4096;

/// Where a finding is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) dataset: &'a str,
    /// The ARN.
    pub(super) key: &'a str,
    pub(super) account_id: &'a str,
    pub(super) region: &'a str,
}

/// Rows in the making.
#[derive(Debug)]
pub(super) struct FindingRows {
    columns: Vec<StringBuilder>,
    count: usize,
}

impl Default for FindingRows {
    fn default() -> Self {
        let columns = census_tables::FINDINGS.columns.iter().map(|_| StringBuilder::new());
        Self { columns: columns.collect(), count: 0 }
    }
}

impl FindingRows {
    /// Tells whether there are enough for a batch.
    pub(super) fn are_enough(&self) -> bool {
        self.count >= ROWS_AT_ONCE
    }

    /// Adds a finding about the thing at a place.
    pub(super) fn push(&mut self, place: Place<'_>, finding: &Finding) {
        let values = [
            place.key,
            place.account_id,
            place.region,
            api_id(place.key),
            place.dataset,
            finding.rule.id,
            finding.severity.as_str(),
            finding.rule.certainty.as_str(),
            &finding.subject.path,
            &finding.message,
            finding.hint,
            finding.rule.link,
        ];
        let columns = self.columns.iter_mut().zip(census_tables::FINDINGS.columns);
        for ((column, declared), value) in columns.zip(values) {
            // What may be NULL is empty where there is nothing to say.
            column.append_option((!declared.nullable || !value.is_empty()).then_some(value));
        }
        self.count += 1;
    }

    /// Returns the rows, and begins anew.
    pub(super) fn take(&mut self) -> Result<RecordBatch> {
        self.count = 0;
        let columns = self.columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        Ok(RecordBatch::try_new(census_tables::FINDINGS.schema(), columns.collect())?)
    }
}

/// Returns the id of the API in the ARN of something of it.
fn api_id(key: &str) -> &str {
    let rest = key.split_once("/apis/").map_or("", |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}
