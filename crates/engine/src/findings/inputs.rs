//! The datasets that rules read, and the columns they need of them.

use census_error::{Error, Result};
use datafusion::arrow::array::{Array, AsArray, RecordBatch, StringArray};
use datafusion::catalog::TableProvider;
use datafusion::error::DataFusionError;

/// Tags whose values are AWS's own members; an API with an AWS tag of the same key hides them.
pub(crate) const KEY_TAGS: [&str; 3] =
    ["integration_response_key", "route_key", "route_response_key"];

/// A dataset that rules read.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) dataset: &'static str,
    pub(super) columns: &'static [&'static str],
}

pub(super) const APIS: Input = Input {
    dataset: "aws.apigatewayv2_api",
    columns: &["_key", "account_id", "region", "protocol_type", "tags"],
};

pub(super) const INTEGRATIONS: Input = Input {
    dataset: "aws.apigatewayv2_integration",
    columns: &["_key", "account_id", "region", "integration_type", "integration_uri"],
};

pub(super) const RESPONSES: Input = Input {
    dataset: "aws.apigatewayv2_integrationresponse",
    columns: &[
        "_key",
        "account_id",
        "region",
        "integration_response_id",
        "response_parameters",
        "response_templates",
        "template_selection_expression",
        "content_handling_strategy",
        "_tag_integration_response_key",
    ],
};

pub(super) const ROUTES: Input = Input {
    dataset: "aws.apigatewayv2_route",
    columns: &[
        "_key",
        "account_id",
        "region",
        "target",
        "route_response_selection_expression",
        "_tag_route_key",
    ],
};

pub(super) const ROUTE_RESPONSES: Input = Input {
    dataset: "aws.apigatewayv2_routeresponse",
    columns: &["_key", "account_id", "region", "_tag_route_response_key"],
};

/// In the order in which they are read; responses come last.
pub(super) const ALL: [&Input; 5] = [&APIS, &INTEGRATIONS, &ROUTE_RESPONSES, &ROUTES, &RESPONSES];

impl Input {
    /// Returns where the columns stand in a table of the dataset.
    pub(super) fn projection(&self, table: &dyn TableProvider) -> Result<Vec<usize>> {
        let schema = table.schema();
        let places = self.columns.iter().map(|column| schema.index_of(column));
        places.collect::<std::result::Result<_, _>>().map_err(Error::internal)
    }
}

/// A batch of an input, read by column name.
pub(super) struct Columns<'a>(pub(super) &'a RecordBatch);

impl<'a> Columns<'a> {
    pub(super) fn texts(&self, name: &str) -> Result<&'a StringArray, DataFusionError> {
        let column = self.0.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
        column.ok_or_else(|| DataFusionError::Internal(format!("no texts in column {name}")))
    }

    pub(super) fn hstores(
        &self,
        name: &str,
    ) -> Result<census_types::hstore::HstoreArray<'a>, DataFusionError> {
        let column = self.0.column_by_name(name).and_then(|column| column.as_map_opt());
        let map =
            column.ok_or_else(|| DataFusionError::Internal(format!("no hstore in {name}")))?;
        census_types::hstore::HstoreArray::from_map(map)
            .map_err(|error| DataFusionError::External(Box::new(Error::from(error))))
    }
}

/// Returns a text of a row, or `None` where it is NULL.
pub(super) fn text(texts: &StringArray, row: usize) -> Option<&str> {
    texts.is_valid(row).then(|| texts.value(row))
}
