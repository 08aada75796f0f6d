//! How a dataset's rows are laid out in its table: which columns are added, which identify a row.

use crate::error::{Result, StoreError};
use census_directory::scope::Scope;
use census_directory::{CensusTable, Dataset};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, MapArray, RecordBatch, StringBuilder, new_null_array,
};
use datafusion::arrow::array::{StringArray, TimestampMicrosecondArray};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef, TimeUnit};
use deltalake_core::kernel::engine::arrow_conversion::{TryIntoArrow, TryIntoKernel};
use deltalake_core::kernel::{DataType as KernelType, StructField, StructType};
use std::collections::HashMap;
use std::sync::Arc;

/// Where a row was found.
pub(crate) const REGION: &str = "region";
/// When a version begins.
pub(crate) const VALID_FROM: &str = "_valid_from";
/// When a version ends; NULL while it is present.
pub(crate) const VALID_TO: &str = "_valid_to";
/// The partition column: whether `_valid_to` is NULL.
pub(crate) const CURRENT: &str = "_current";
/// Goes before a tag key that is kept as a plain column too.
pub(crate) const KEPT_TAG_PREFIX: &str = "_tag_";

const ACCOUNT_ID: &str = "account_id";
const KEY: &str = "_key";
/// The column whose tags are kept.
pub(crate) const TAGS: &str = "tags";

/// The columns of a table, and what each is for.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The dataset, for example `aws.apigatewayv2_api`.
    pub(crate) dataset: String,
    /// The table's folder in the store, for example `aws/apigatewayv2_api`.
    pub(crate) folder: String,
    /// The columns that SQL shows.
    pub(crate) shown: SchemaRef,
    /// The columns of a staged row: the dataset's, region and the kept tags.
    pub(crate) staged: SchemaRef,
    /// The columns of a data file: the staged ones, `_valid_from`, `_valid_to` and those the dataset no longer has.
    pub(crate) stored: SchemaRef,
    /// The stored columns that identify a row, in the order files are sorted by.
    pub(crate) identity: Vec<usize>,
    /// How many of the first stored columns make up the content that is compared.
    pub(crate) content: usize,
    kept_tags: Vec<String>,
    comment: String,
}

impl Layout {
    /// Returns the layout of a dataset of a cloud.
    pub(crate) fn of_dataset(dataset: &Dataset) -> Result<Self> {
        let comments = dataset
            .columns
            .iter()
            .map(|column| (column.name.as_str(), column.description.as_str()));
        let kept_tags = dataset.kept_tags().into_iter().map(str::to_owned).collect();
        let source = Source {
            dataset: &dataset.id,
            shown: dataset.schema(),
            comments: comments.collect(),
            has_region: true,
            kept_tags,
            comment: &dataset.description,
        };
        source.layout(&[ACCOUNT_ID, REGION, KEY])
    }

    /// Returns the layout of a dataset about the census, whose rows these columns identify.
    pub(crate) fn of_census_table(table: &CensusTable, identity: &[&str]) -> Result<Self> {
        let source = Source {
            dataset: table.id,
            shown: table.schema(),
            comments: table
                .columns
                .iter()
                .map(|column| (column.name, column.description))
                .collect(),
            has_region: false,
            kept_tags: Vec::new(),
            comment: table.description,
        };
        source.layout(identity)
    }

    /// Returns all columns of the Delta table with their comments, the partition column last.
    pub(crate) fn delta_schema(&self) -> Result<StructType> {
        let mut fields: Vec<FieldRef> = self.stored.fields().iter().cloned().collect();
        let current = Field::new(CURRENT, DataType::Boolean, true);
        fields.push(Arc::new(commented(
            current,
            "Whether the version is the present one: _valid_to is NULL.",
        )));
        Ok((&Schema::new(fields)).try_into_kernel()?)
    }

    /// Returns the sentence that describes the table.
    pub(crate) fn comment(&self) -> &str {
        &self.comment
    }

    /// Returns the positions of account and region among the stored columns, where it has both.
    pub(crate) fn scope_columns(&self) -> Option<(usize, usize)> {
        Some((self.stored.index_of(ACCOUNT_ID).ok()?, self.stored.index_of(REGION).ok()?))
    }

    /// Returns the keys of rows in staged or stored columns; tables about the census have none.
    pub(crate) fn keys<'a>(&self, rows: &'a RecordBatch) -> Option<&'a StringArray> {
        let key = self.stored.index_of(KEY).ok()?;
        Some(rows.column(key).as_string::<i32>())
    }

    /// Returns the layout for a table with these columns: those that only the table has are carried along, so that
    /// rewriting a file loses nothing of rows from before a column was dropped.
    ///
    /// # Errors
    /// [`StoreError::ColumnType`] where a column has another type in the table, whose path is `table`.
    pub(crate) fn fit(&self, known: &StructType, table: &str) -> Result<Self> {
        let wanted = self.delta_schema()?;
        let mut carried: Vec<StructField> = Vec::new();
        for field in known.fields() {
            match wanted.field(field.name()) {
                None => carried.push(field.clone()),
                Some(same) if same.data_type() == field.data_type() => {}
                Some(other) => {
                    return Err(StoreError::ColumnType {
                        table: table.to_owned(),
                        column: field.name().clone(),
                        found: type_name(field.data_type()),
                        wanted: type_name(other.data_type()),
                    });
                }
            }
        }
        let carried =
            StructType::try_new(carried).map_err(|error| StoreError::read(table, error))?;
        let carried: Schema = (&carried).try_into_arrow()?;
        let mut stored: Vec<FieldRef> = self.stored.fields().iter().cloned().collect();
        stored.extend(carried.fields().iter().cloned());
        Ok(Self { stored: Arc::new(Schema::new(stored)), ..self.clone() })
    }

    /// Demands that staged rows belong to a scope and have a key: others could never be found to be gone.
    pub(crate) fn check_scope(&self, staged: &RecordBatch, scope: &Scope) -> Result<()> {
        let unfit =
            |reason: String| StoreError::UnfitRows { dataset: self.dataset.clone(), reason };
        for (name, wanted) in [(ACCOUNT_ID, &scope.account_id), (REGION, &scope.region)] {
            let values = staged.column(self.staged.index_of(name)?).as_string::<i32>();
            if let Some(other) = values.iter().find(|value| *value != Some(wanted.as_str())) {
                let other = other.unwrap_or("NULL");
                return Err(unfit(format!("{name} is {other} in a scope of {wanted}")));
            }
        }
        if staged.column(self.staged.index_of(KEY)?).null_count() > 0 {
            return Err(unfit(format!("column \"{KEY}\" is NULL")));
        }
        Ok(())
    }

    /// Turns rows in the dataset's columns into staged rows of a region.
    pub(crate) fn stage(&self, rows: &RecordBatch, region: &str) -> Result<RecordBatch> {
        let unfit =
            |reason: String| StoreError::UnfitRows { dataset: self.dataset.clone(), reason };
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.staged.fields().len());
        for field in self.staged.fields() {
            let column = if let Some(column) = rows.column_by_name(field.name()) {
                cast_to(column, field.data_type()).map_err(|error| unfit(error.to_string()))?
            } else if field.name() == REGION {
                Arc::new(StringArray::from(vec![region; rows.num_rows()]))
            } else if let Some(key) = self.kept_tag(field.name()) {
                self.kept_tag_values(rows, key)?
            } else {
                return Err(unfit(format!("column \"{}\" is missing", field.name())));
            };
            columns.push(column);
        }
        RecordBatch::try_new(self.staged.clone(), columns).map_err(|error| unfit(error.to_string()))
    }

    /// Turns staged rows into versions that begin at a time (microseconds) and have not ended.
    pub(crate) fn open_versions(
        &self,
        staged: &RecordBatch,
        valid_from: i64,
    ) -> Result<RecordBatch> {
        let mut columns = staged.columns().to_vec();
        columns.push(timestamps(valid_from, staged.num_rows()));
        for field in self.stored.fields().iter().skip(columns.len()) {
            columns.push(new_null_array(field.data_type(), staged.num_rows()));
        }
        Ok(RecordBatch::try_new(self.stored.clone(), columns)?)
    }

    /// Ends versions at the given times (microseconds), one a row.
    pub(crate) fn close_versions(
        &self,
        versions: &RecordBatch,
        valid_to: Vec<i64>,
    ) -> Result<RecordBatch> {
        let mut columns = versions.columns().to_vec();
        let ends = TimestampMicrosecondArray::from(valid_to).with_timezone("UTC");
        columns[self.stored.index_of(VALID_TO)?] = Arc::new(ends);
        Ok(RecordBatch::try_new(self.stored.clone(), columns)?)
    }

    /// Brings rows of a data file into the stored columns: of columns that are younger than the file, those that keep
    /// a tag are made of the tags, the others are NULL.
    pub(crate) fn adapt(&self, rows: &RecordBatch) -> Result<RecordBatch> {
        let mut columns = Vec::with_capacity(self.stored.fields().len());
        for field in self.stored.fields() {
            columns.push(match (rows.column_by_name(field.name()), self.kept_tag(field.name())) {
                (Some(column), _) => cast_to(column, field.data_type())?,
                (None, Some(key)) => self.kept_tag_values(rows, key)?,
                (None, None) => new_null_array(field.data_type(), rows.num_rows()),
            });
        }
        Ok(RecordBatch::try_new(self.stored.clone(), columns)?)
    }

    fn kept_tag(&self, column: &str) -> Option<&str> {
        let key = column.strip_prefix(KEPT_TAG_PREFIX)?;
        self.kept_tags.iter().map(String::as_str).find(|kept| *kept == key)
    }

    fn kept_tag_values(&self, rows: &RecordBatch, key: &str) -> Result<ArrayRef> {
        let Some(tags) = rows.column_by_name(TAGS).and_then(|tags| tags.as_map_opt()) else {
            let reason = "column \"tags\" is no hstore".to_owned();
            return Err(StoreError::UnfitRows { dataset: self.dataset.clone(), reason });
        };
        Ok(values_of_key(tags, key))
    }
}

/// What a layout is made from.
struct Source<'a> {
    dataset: &'a str,
    shown: SchemaRef,
    comments: HashMap<&'a str, &'a str>,
    has_region: bool,
    kept_tags: Vec<String>,
    comment: &'a str,
}

impl Source<'_> {
    fn layout(self, identity: &[&str]) -> Result<Layout> {
        let mut fields: Vec<Field> = Vec::new();
        for field in self.shown.fields() {
            let data_type = match field.data_type() {
                DataType::Timestamp(_, _) => stored_timestamp(),
                other => other.clone(),
            };
            // Everything is nullable in the table, so that a column can be added to it later.
            let field = field.as_ref().clone().with_data_type(data_type).with_nullable(true);
            let comment = self.comments.get(field.name().as_str()).copied().unwrap_or_default();
            fields.push(commented(field, comment));
        }
        let content = fields.len();
        if self.has_region && self.shown.index_of(REGION).is_err() {
            fields.push(commented(
                Field::new(REGION, DataType::Utf8, true),
                "The region the row was found in.",
            ));
        }
        for key in &self.kept_tags {
            let field = Field::new(format!("{KEPT_TAG_PREFIX}{key}"), DataType::Utf8, true);
            fields.push(commented(field, &format!("The tag {key} as a plain column.")));
        }
        let staged_columns = fields.len();
        let from = Field::new(VALID_FROM, stored_timestamp(), true);
        fields.push(commented(from, "When this version was first seen."));
        let to = Field::new(VALID_TO, stored_timestamp(), true);
        fields.push(commented(
            to,
            "When this version was seen to be gone or changed; NULL while it is present.",
        ));

        let stored = kernel_form(&Schema::new(fields))?;
        let staged: Vec<FieldRef> = stored.fields().iter().take(staged_columns).cloned().collect();
        let mut positions = Vec::with_capacity(identity.len());
        for name in identity {
            positions.push(stored.index_of(name)?);
        }
        Ok(Layout {
            dataset: self.dataset.to_owned(),
            folder: self.dataset.replacen('.', "/", 1),
            shown: self.shown,
            staged: Arc::new(Schema::new(staged)),
            stored,
            identity: positions,
            content,
            kept_tags: self.kept_tags,
            comment: self.comment.to_owned(),
        })
    }
}

/// Returns the Arrow schema that the Delta kernel makes of this one: it names list and map members itself.
fn kernel_form(schema: &Schema) -> Result<SchemaRef> {
    let kernel: StructType = schema.try_into_kernel()?;
    let arrow: Schema = (&kernel).try_into_arrow()?;
    Ok(Arc::new(arrow))
}

fn commented(field: Field, comment: &str) -> Field {
    if comment.is_empty() {
        return field;
    }
    let mut metadata = field.metadata().clone();
    metadata.insert("comment".to_owned(), comment.to_owned());
    field.with_metadata(metadata)
}

fn stored_timestamp() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

fn timestamps(value: i64, rows: usize) -> ArrayRef {
    Arc::new(TimestampMicrosecondArray::from(vec![value; rows]).with_timezone("UTC"))
}

/// Returns the directory's name of a table's type.
fn type_name(data_type: &KernelType) -> String {
    match *data_type {
        KernelType::LONG => "int64".to_owned(),
        KernelType::DOUBLE => "float64".to_owned(),
        KernelType::BOOLEAN => "bool".to_owned(),
        ref other => other.to_string(),
    }
}

fn cast_to(column: &ArrayRef, data_type: &DataType) -> Result<ArrayRef> {
    if column.data_type() == data_type {
        return Ok(column.clone());
    }
    // A value that does not fit is an error and not NULL.
    Ok(cast_with_options(
        column,
        data_type,
        &CastOptions { safe: false, ..CastOptions::default() },
    )?)
}

fn values_of_key(tags: &MapArray, key: &str) -> ArrayRef {
    let mut values = StringBuilder::with_capacity(tags.len(), tags.len() * 16);
    let keys = tags.keys().as_string::<i32>();
    let entries = tags.values().as_string::<i32>();
    let offsets = tags.value_offsets();
    for row in 0..tags.len() {
        let found =
            entry_range(offsets, row).filter(|_| tags.is_valid(row)).and_then(|mut range| {
                range.find(|entry| keys.value(*entry) == key && entries.is_valid(*entry))
            });
        values.append_option(found.map(|entry| entries.value(entry)));
    }
    Arc::new(values.finish())
}

/// Returns the range of a row's entries in the children of a list or map.
pub(crate) fn entry_range(offsets: &[i32], row: usize) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(*offsets.get(row)?).ok()?;
    let end = usize::try_from(*offsets.get(row + 1)?).ok()?;
    Some(start..end)
}
