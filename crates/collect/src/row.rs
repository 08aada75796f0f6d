//! Rows of a dataset out of the items of its lists, as Arrow batches.

mod cell;
mod moment;
mod tags;

use crate::error::{CollectError, Result};
use crate::lineage::{Item, Lineage, text};
pub(crate) use cell::kind_of;
use cell::{Cell, Misfit};
use census_directory::{Column, ColumnSource, Dataset, Template};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::error::ArrowError;
use serde_json::Value;
use std::sync::Arc;

/// Collects rows of one dataset until they are taken as a batch.
pub(crate) struct RowBuilder {
    dataset: Arc<Dataset>,
    schema: SchemaRef,
    cells: Vec<Cell>,
    /// Rows in the cells.
    filling: usize,
    /// Rows before one that did not fit.
    filled: Vec<RecordBatch>,
}

impl RowBuilder {
    /// Returns a builder of the dataset's schema.
    pub(crate) fn new(dataset: Arc<Dataset>) -> Self {
        let schema = dataset.schema();
        let cells = dataset.columns.iter().map(|column| Cell::new(column.kind)).collect();
        Self { dataset, schema, cells, filling: 0, filled: Vec::new() }
    }

    /// Returns the number of rows not taken yet.
    pub(crate) fn rows(&self) -> usize {
        self.filling + self.filled.iter().map(RecordBatch::num_rows).sum::<usize>()
    }

    /// Appends an item listed under `above`, with its key.
    ///
    /// # Errors
    /// A value that does not fit its column; nothing is appended then.
    pub(crate) fn append(&mut self, key: &str, item: &Item, above: &Lineage) -> Result<()> {
        let appended = self.append_cells(key, item, above);
        match appended {
            Ok(()) => self.filling += 1,
            // Some columns have the row and some have not: what was whole before is set apart.
            Err(_) => self.set_apart()?,
        }
        appended
    }

    fn append_cells(&mut self, key: &str, item: &Item, above: &Lineage) -> Result<()> {
        for (column, cell) in self.dataset.columns.iter().zip(&mut self.cells) {
            match &column.source {
                ColumnSource::Key => cell.append_text(key),
                ColumnSource::AccountId => cell.append_text(&above.place().account_id),
                ColumnSource::Tags => cell.append_entries(tags::of(&self.dataset, item, above)),
                ColumnSource::Template(template) => {
                    cell.append_text(&render(template, &self.dataset, item, above)?);
                }
                ColumnSource::Member(member) => {
                    let value = item.get(member).unwrap_or(&Value::Null);
                    cell.append(value)
                        .map_err(|misfit| unexpected(&self.dataset, column, member, misfit))?;
                }
                ColumnSource::MemberText(member) => {
                    cell.append_json(item.get(member).unwrap_or(&Value::Null));
                }
            }
        }
        Ok(())
    }

    /// Closes the batch that is being filled, without what is left of a row that did not fit.
    fn set_apart(&mut self) -> Result<()> {
        let whole = std::mem::take(&mut self.filling);
        let arrays = self.cells.iter_mut().map(|cell| cell.finish().slice(0, whole)).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)
            .map_err(|source| self.no_batch(source))?;
        if whole > 0 {
            self.filled.push(batch);
        }
        Ok(())
    }

    fn no_batch(&self, source: ArrowError) -> CollectError {
        CollectError::Batch { dataset: self.dataset.id.clone(), source }
    }

    /// Returns the rows so far as a batch and starts anew.
    ///
    /// # Errors
    /// Columns that are not what the schema says.
    pub(crate) fn take(&mut self) -> Result<RecordBatch> {
        self.set_apart()?;
        let filled = std::mem::take(&mut self.filled);
        concat_batches(&self.schema, &filled).map_err(|source| self.no_batch(source))
    }
}

/// Returns the unique id of an item listed under `above`.
///
/// # Errors
/// A member that the key needs is absent.
pub(crate) fn key(dataset: &Dataset, item: &Item, above: &Lineage) -> Result<String> {
    render(&dataset.key, dataset, item, above)
}

/// Built-in variables and ancestors' come first, then the item's own members.
fn render(template: &Template, dataset: &Dataset, item: &Item, above: &Lineage) -> Result<String> {
    let lookup = |variable: &str| match above.variable(variable) {
        Some(value) => Some(value.to_owned()),
        None => text(item.get(dataset.variable_member(variable)?)?),
    };
    template
        .render(lookup)
        .map_err(|source| CollectError::Incomplete { dataset: dataset.id.clone(), source })
}

fn unexpected(dataset: &Dataset, column: &Column, member: &str, misfit: Misfit) -> CollectError {
    CollectError::UnexpectedValue {
        dataset: dataset.id.clone(),
        column: column.name.clone(),
        member: member.to_owned(),
        expected: column.kind.as_str(),
        found: misfit.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::Place;
    use census_directory::Directory;
    use census_types::format_value;
    use datafusion::arrow::array::Array;
    use serde_json::json;

    fn dataset(name: &str) -> Arc<Dataset> {
        let id = format!("aws.apigatewayv2_{name}");
        Arc::new(Directory::builtin().dataset(&id).unwrap().clone())
    }

    fn object(value: Value) -> Item {
        match value {
            Value::Object(item) => item,
            other => panic!("{other} is no object"),
        }
    }

    fn root() -> Arc<Lineage> {
        Lineage::root(Arc::new(Place::new("111122223333", "eu-west-1")))
    }

    /// Returns what is listed under an integration of a tagged WebSocket API.
    fn integration() -> Arc<Lineage> {
        let api = object(json!({
            "apiId": "a1", "name": "chat", "protocolType": "WEBSOCKET",
            "tags": {"Team": "Ünit, 1", "region": "elsewhere"},
        }));
        let above = Lineage::below(&root(), &dataset("api"), &api);
        Lineage::below(&above, &dataset("integration"), &object(json!({"integrationId": "i1"})))
    }

    /// Returns the columns that are not NULL as `name: text`.
    fn printed(dataset: &Arc<Dataset>, above: &Lineage, item: Value) -> Result<String> {
        let item = object(item);
        let mut builder = RowBuilder::new(Arc::clone(dataset));
        builder.append(&key(dataset, &item, above)?, &item, above)?;
        let batch = builder.take()?;
        let schema = batch.schema();
        let mut lines = Vec::new();
        for (field, array) in schema.fields().iter().zip(batch.columns()) {
            if array.is_valid(0) {
                let mut text = String::new();
                format_value(array, field, 0, &mut text).unwrap();
                lines.push(format!("{}: {text}", field.name()));
            }
        }
        Ok(lines.join("\n"))
    }

    #[test]
    fn an_integration_response_knows_where_it_came_from() {
        let item = json!({
            "integrationResponseId": "r1", "integrationResponseKey": "/5../",
            "responseParameters": {"method.response.header.X": "'1'"}, "responseTemplates": {},
            "contentHandlingStrategy": null,
        });
        insta::assert_snapshot!(printed(&dataset("integrationresponse"), &integration(), item).unwrap(), @r#"
        _key: arn:aws:apigateway:eu-west-1::/apis/a1/integrations/i1/integrationresponses/r1
        account_id: 111122223333
        integration_response_id: r1
        response_parameters: "method.response.header.X"=>"'1'"
        response_templates: 
        tags: "Team"=>"Ünit, 1", "api_id"=>"a1", "region"=>"elsewhere,eu-west-1", "api_name"=>"chat", "integration_id"=>"i1", "integration_response_key"=>"/5../"
        "#);
    }

    #[test]
    fn values_follow_the_kinds_of_their_columns() {
        let item = json!({
            "apiId": "a1", "name": "web", "protocolType": "HTTP", "createdDate": "2026-02-03T04:05:06.5Z",
            "corsConfiguration": {"maxAge": 1, "allowMethods": ["GET"]}, "disableExecuteApiEndpoint": false,
            "warnings": ["b", "a"], "tags": {"region": "x,y"},
        });
        insta::assert_snapshot!(printed(&dataset("api"), &root(), item).unwrap(), @r#"
        _key: arn:aws:apigateway:eu-west-1::/apis/a1
        account_id: 111122223333
        api_arn: arn:aws:apigateway:eu-west-1::/apis/a1
        api_id: a1
        cors_configuration: {"maxAge":1,"allowMethods":["GET"]}
        created_date: 2026-02-03 04:05:06.5
        disable_execute_api_endpoint: f
        name: web
        protocol_type: HTTP
        tags: "region"=>"eu-west-1,x,y"
        warnings: {b,a}
        "#);
    }

    #[test]
    fn a_value_of_another_kind_is_an_error_that_names_it() {
        let api = |member: &str, value: Value| {
            let mut item = object(json!({"apiId": "a1"}));
            item.insert(member.to_owned(), value);
            printed(&dataset("api"), &root(), Value::Object(item)).unwrap_err().to_string()
        };
        let messages = [
            api("name", json!(1)),
            api("disableExecuteApiEndpoint", json!("true")),
            api("createdDate", json!("today")),
            api("warnings", json!([1])),
        ];
        insta::assert_snapshot!(messages.join("\n"), @r#"
        a number in member "name" does not fit column "name" of type string in dataset "aws.apigatewayv2_api"
        a string in member "disableExecuteApiEndpoint" does not fit column "disable_execute_api_endpoint" of type bool in dataset "aws.apigatewayv2_api"
        a string in member "createdDate" does not fit column "created_date" of type timestamp in dataset "aws.apigatewayv2_api"
        a list of something else than strings in member "warnings" does not fit column "warnings" of type array<string> in dataset "aws.apigatewayv2_api"
        "#);
    }

    /// A census of many regions keeps thousands of these until they are committed together.
    #[test]
    fn a_single_row_is_kept_in_little_memory() {
        let dataset = dataset("integrationresponse");
        let item =
            object(json!({"integrationResponseId": "r1", "integrationResponseKey": "$default"}));
        let above = integration();
        let mut builder = RowBuilder::new(Arc::clone(&dataset));
        builder.append(&key(&dataset, &item, &above).unwrap(), &item, &above).unwrap();
        let bytes = builder.take().unwrap().get_array_memory_size();
        assert!(bytes < 8192, "{bytes} bytes");
    }

    #[test]
    fn an_item_without_its_id_is_an_error() {
        let error = printed(&dataset("api"), &root(), json!({"name": "x"})).unwrap_err();
        insta::assert_snapshot!(error.sentence(), @r#"an item of dataset "aws.apigatewayv2_api" lacks what its key or path needs: the variable "api_id" of the template "arn:{partition}:apigateway:{region}::/apis/{api_id}" has no value"#);
    }
}
