//! The datasets about the census itself: what was looked at, when, and what there is to ask.

use crate::ColumnKind;
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use std::sync::Arc;

/// A dataset of the schema `census`; Census writes it and no cloud is asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CensusTable {
    /// Schema and table, for example `census.coverage`.
    pub id: &'static str,
    /// The heading of its page.
    pub title: &'static str,
    /// What a row is.
    pub description: &'static str,
    /// All columns in order.
    pub columns: &'static [CensusColumn],
}

/// A column of a dataset about the census.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CensusColumn {
    /// Lower snake case, as SQL spells it.
    pub name: &'static str,
    /// The directory's data type.
    pub kind: ColumnKind,
    /// Whether the value may be NULL.
    pub nullable: bool,
    /// What the column holds.
    pub description: &'static str,
}

impl CensusTable {
    /// Returns the Arrow schema: exactly the columns in order, with extension types in the fields' metadata.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        let fields: Vec<Field> = self
            .columns
            .iter()
            .map(|column| column.kind.field(column.name, column.nullable))
            .collect();
        Arc::new(Schema::new(fields))
    }

    /// Returns the table's name without its schema, for example `coverage`.
    #[must_use]
    pub fn table_name(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(_, table)| table)
    }
}

const fn required(name: &'static str, kind: ColumnKind, description: &'static str) -> CensusColumn {
    CensusColumn { name, kind, nullable: false, description }
}

const fn optional(name: &'static str, kind: ColumnKind, description: &'static str) -> CensusColumn {
    CensusColumn { name, kind, nullable: true, description }
}

/// Every dataset about the census, sorted by id.
pub const ALL: [&CensusTable; 5] = [&COLUMNS, &COVERAGE, &DATASETS, &FINDINGS, &RUNS];

/// `census.coverage`: the last attempt at each scope.
pub const COVERAGE: CensusTable = CensusTable {
    id: "census.coverage",
    title: "Coverage",
    description: "What was looked at and how that went: the last attempt at each account, region and dataset. \
        An answer is as complete as the scopes it reads.",
    columns: &[
        required("account_id", ColumnKind::String, "The 12-digit account."),
        required("region", ColumnKind::String, "The region, for example eu-west-1."),
        required(
            "dataset",
            ColumnKind::String,
            "The dataset's id, for example aws.apigatewayv2_api.",
        ),
        required(
            "outcome",
            ColumnKind::String,
            "How the last attempt ended: complete, partial (the lists of some parents failed), denied, throttled, \
             failed, not_enabled (the region) or never (nobody has tried).",
        ),
        optional(
            "error_code",
            ColumnKind::String,
            "The cloud's name of what went wrong; NULL where nothing did.",
        ),
        optional(
            "error_message",
            ColumnKind::String,
            "The cloud's sentence about what went wrong.",
        ),
        optional(
            "rows",
            ColumnKind::Int64,
            "The rows that the last complete attempt read; NULL where there was none.",
        ),
        optional(
            "calls",
            ColumnKind::Int64,
            "The requests that the last attempt sent, retries included.",
        ),
        optional(
            "throttles",
            ColumnKind::Int64,
            "The answers that asked the last attempt to slow down.",
        ),
        optional(
            "started_at",
            ColumnKind::Timestamp,
            "When the last attempt began; NULL where nobody has tried.",
        ),
        optional("finished_at", ColumnKind::Timestamp, "When the last attempt ended."),
        optional(
            "data_as_of",
            ColumnKind::Timestamp,
            "When the census of the region began that last read the scope completely: nothing older is shown. NULL where \
             none ever did.",
        ),
        required(
            "complete",
            ColumnKind::Bool,
            "True where the last attempt read everything; false where rows of an earlier census, as of data_as_of, \
             stand in for what could not be read, or nothing was ever read.",
        ),
    ],
};

/// `census.findings`: what is wrong with integration responses.
pub const FINDINGS: CensusTable = CensusTable {
    id: "census.findings",
    title: "Findings",
    description: "What the rules of integration responses find in the present rows: mappings that are illegal, keys \
        that never match, answers that nobody sends. Where what a rule needs was not collected completely, it finds \
        nothing.",
    columns: &[
        required(
            "_key",
            ColumnKind::String,
            "The ARN of the integration response, integration or route: the _key of its row in its dataset.",
        ),
        required("account_id", ColumnKind::String, "The 12-digit account that owns the API."),
        required("region", ColumnKind::String, "The region, for example eu-west-1."),
        required("api_id", ColumnKind::String, "The id of the API."),
        required(
            "dataset",
            ColumnKind::String,
            "The dataset in which _key is, for example aws.apigatewayv2_integrationresponse.",
        ),
        required("rule", ColumnKind::String, "The rule's id, for example IR-NO-DEFAULT."),
        required("severity", ColumnKind::String, "How bad it is: error, warning or information."),
        required(
            "certainty",
            ColumnKind::String,
            "How firm the rule is: documented by AWS, recorded on AWS, or assumed.",
        ),
        optional(
            "place",
            ColumnKind::String,
            "Where in the resource, for example responseTemplates.$default; NULL for the whole of it.",
        ),
        required("message", ColumnKind::String, "One sentence that names the offending thing."),
        optional("hint", ColumnKind::String, "What to do about it."),
        required("link", ColumnKind::String, "The page of AWS that the rule rests on."),
    ],
};

/// `census.runs`: one row a census.
pub const RUNS: CensusTable = CensusTable {
    id: "census.runs",
    title: "Runs",
    description: "Every census that was taken: what it was to look at, how much it found and what it cost in requests.",
    columns: &[
        required("run_id", ColumnKind::String, "The run's unique id."),
        required("started_at", ColumnKind::Timestamp, "When the run began."),
        optional(
            "finished_at",
            ColumnKind::Timestamp,
            "When the run ended, or gave its last sign of life where it broke off; NULL while it runs.",
        ),
        optional(
            "outcome",
            ColumnKind::String,
            "How the run ended: complete (every scope was), incomplete (some scopes were not) or failed (it broke \
             off; of one that was killed, the next run says so); NULL while it runs.",
        ),
        required("accounts", ColumnKind::StringArray, "The accounts that were looked at."),
        required("regions", ColumnKind::StringArray, "The regions that were looked at."),
        required(
            "datasets",
            ColumnKind::StringArray,
            "The ids of the datasets that were asked for.",
        ),
        required(
            "scopes",
            ColumnKind::Int64,
            "The scopes (account, region, dataset) that were tried.",
        ),
        required("scopes_complete", ColumnKind::Int64, "The scopes that were read completely."),
        required("rows", ColumnKind::Int64, "The rows that were read."),
        required("calls", ColumnKind::Int64, "The requests that were sent, retries included."),
        required("throttles", ColumnKind::Int64, "The answers that asked to slow down."),
        required("version", ColumnKind::String, "The version of Census that took the run."),
    ],
};

/// `census.datasets`: what there is to ask.
pub const DATASETS: CensusTable = CensusTable {
    id: "census.datasets",
    title: "Datasets",
    description: "The datasets of the directory, and the call and permission that each needs.",
    columns: &[
        required("id", ColumnKind::String, "Schema and table, for example aws.apigatewayv2_api."),
        required("title", ColumnKind::String, "The heading of the dataset's page."),
        required("description", ColumnKind::String, "What a row of the dataset is."),
        optional(
            "parent",
            ColumnKind::String,
            "The dataset it is listed under; NULL where one call lists a region.",
        ),
        required("operation", ColumnKind::String, "The cloud's operation that lists it."),
        required("action", ColumnKind::String, "The permission that allows the operation."),
        required("columns", ColumnKind::Int64, "The number of its columns."),
    ],
};

/// `census.columns`: the columns of what there is to ask.
pub const COLUMNS: CensusTable = CensusTable {
    id: "census.columns",
    title: "Columns",
    description: "The columns of the datasets of the directory, with their types and what they hold.",
    columns: &[
        required("dataset", ColumnKind::String, "The dataset's id."),
        required("position", ColumnKind::Int64, "The column's place, counted from 1."),
        required("name", ColumnKind::String, "The column."),
        required("sql_type", ColumnKind::String, "Its type in SQL, for example HSTORE."),
        required(
            "data_type",
            ColumnKind::String,
            "Its type in the directory, for example hstore_csv.",
        ),
        required("description", ColumnKind::String, "What the column holds."),
        optional(
            "points_to",
            ColumnKind::StringArray,
            "What its values are ids of, for example aws.apigatewayv2_api.api_id; for tags, each tag that is an id: \
             api_id=aws.apigatewayv2_api.api_id. NULL where they are none.",
        ),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_has_the_columns_that_scripts_rely_on() {
        let names: Vec<&str> = COVERAGE.columns.iter().map(|column| column.name).collect();
        assert_eq!(
            names.join(", "),
            "account_id, region, dataset, outcome, error_code, error_message, rows, calls, throttles, started_at, \
             finished_at, data_as_of, complete"
        );
    }

    #[test]
    fn every_table_has_a_schema_of_its_columns_and_a_page() {
        for table in ALL {
            assert_eq!(table.schema().fields().len(), table.columns.len());
            assert!(table.page().markdown().starts_with(&format!("# {}\n", table.title)));
            assert_eq!(format!("census.{}", table.table_name()), table.id);
        }
    }
}
