//! Has Parquet's reader keep the texts of maps numbered, as they stand in a file, where a file has all of them so.
//!
//! A tag's key stands once in a file and is used in every row. Copied out for each of them, keys and values are nearly
//! all that reading a map costs.

use census_types::hstore;
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::parquet::arrow::{
    ARROW_SCHEMA_META_KEY, encode_arrow_schema, parquet_to_arrow_schema,
};
use datafusion::parquet::basic::Encoding;
use datafusion::parquet::errors::Result;
use datafusion::parquet::file::metadata::{
    ColumnChunkMetaData, FileMetaData, KeyValue, ParquetMetaData, ParquetMetaDataBuilder,
};
use std::sync::Arc;

/// Returns what a file says of itself, with the types of maps changed to those of [`hstore::dictionary_type`].
pub(crate) fn keep(metadata: Arc<ParquetMetaData>) -> Result<Arc<ParquetMetaData>> {
    let file = metadata.file_metadata();
    let schema = parquet_to_arrow_schema(file.schema_descr(), file.key_value_metadata())?;
    let mut fields: Vec<Arc<Field>> = schema.fields().iter().cloned().collect();
    let mut is_changed = false;
    for (root, field) in fields.iter_mut().enumerate() {
        let Some(numbered) = hstore::dictionary_type(field.data_type()) else { continue };
        if are_numbered(&metadata, root) {
            *field = Arc::new(field.as_ref().clone().with_data_type(numbered));
            is_changed = true;
        }
    }
    if !is_changed {
        return Ok(metadata);
    }
    let schema = encode_arrow_schema(&Schema::new_with_metadata(fields, schema.metadata().clone()));
    Ok(Arc::new(with_schema(&metadata, schema)))
}

/// Tells whether all pages of a root column's leaves hold numbers of texts.
fn are_numbered(metadata: &ParquetMetaData, root: usize) -> bool {
    let columns = metadata.file_metadata().schema_descr();
    let leaves =
        (0..columns.num_columns()).filter(|leaf| columns.get_column_root_idx(*leaf) == root);
    leaves.clone().count() > 0
        && leaves.clone().all(|leaf| {
            let mut groups = metadata.row_groups().iter();
            groups.all(|group| is_numbered(group.column(leaf)))
        })
}

fn is_numbered(column: &ColumnChunkMetaData) -> bool {
    column.dictionary_page_offset().is_some()
        && column.page_encoding_stats_mask().is_some_and(|encodings| {
            encodings.is_only(Encoding::RLE_DICTIONARY)
                || encodings.is_only(Encoding::PLAIN_DICTIONARY)
        })
}

fn with_schema(metadata: &ParquetMetaData, schema: String) -> ParquetMetaData {
    let file = metadata.file_metadata();
    let mut pairs: Vec<KeyValue> = file.key_value_metadata().cloned().unwrap_or_default();
    pairs.retain(|pair| pair.key != ARROW_SCHEMA_META_KEY);
    pairs.push(KeyValue::new(ARROW_SCHEMA_META_KEY.to_owned(), schema));
    let file = FileMetaData::new(
        file.version(),
        file.num_rows(),
        file.created_by().map(str::to_owned),
        Some(pairs),
        file.schema_descr_ptr(),
        file.column_orders().cloned(),
    );
    ParquetMetaDataBuilder::new(file)
        .set_row_groups(metadata.row_groups().to_vec())
        .set_column_index(metadata.column_index().cloned())
        .set_offset_index(metadata.offset_index().cloned())
        .build()
}
