//! `tags->'key'` in a scan: read from the column that keeps the tag, or else from a map whose texts stay numbered.
//!
//! DataFusion hands the expressions of a scan to this adapter once a file, with the columns that the file has.
//! A file without the kept column, and a plan that lost the adapter on its way to another machine, give the same by
//! decoding the map.

use crate::layout::{KEPT_TAG_PREFIX, TAGS};
use census_types::hstore;
use datafusion::arrow::datatypes::{DataType, Schema, SchemaRef};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{Result, ScalarValue};
use datafusion::physical_expr::expressions::{Column, Literal};
use datafusion::physical_expr::utils::collect_columns;
use datafusion::physical_expr::{PhysicalExpr, ScalarFunctionExpr};
use datafusion::physical_expr_adapter::{
    DefaultPhysicalExprAdapterFactory, PhysicalExprAdapter, PhysicalExprAdapterFactory,
};
use std::sync::Arc;

/// Adapts the expressions of a scan to each file.
#[derive(Debug)]
pub(crate) struct KeyReading;

impl PhysicalExprAdapterFactory for KeyReading {
    fn create(&self, table: SchemaRef, file: SchemaRef) -> Result<Arc<dyn PhysicalExprAdapter>> {
        let columns = DefaultPhysicalExprAdapterFactory.create(table, file.clone())?;
        Ok(Arc::new(FileReading { file, columns }))
    }
}

/// Adapts the expressions of a scan to one file.
#[derive(Debug)]
struct FileReading {
    file: SchemaRef,
    columns: Arc<dyn PhysicalExprAdapter>,
}

impl PhysicalExprAdapter for FileReading {
    fn rewrite(&self, expr: Arc<dyn PhysicalExpr>) -> Result<Arc<dyn PhysicalExpr>> {
        let rewritten = expr.transform_down(|expr| {
            let read = if let Some(read) = KeyRead::of(&expr) {
                read.column(&self.file).or_else(|| read.function(&self.file))
            } else {
                None
            };
            if let Some(read) = read {
                return Ok(Transformed::new(read, true, TreeNodeRecursion::Jump));
            }
            if expr.downcast_ref::<Column>().is_some() {
                let column = self.columns.rewrite(expr)?;
                return Ok(Transformed::new(column, true, TreeNodeRecursion::Jump));
            }
            Ok(Transformed::no(expr))
        });
        rewritten.data()
    }
}

/// Returns a filter that reads keys over the columns of the files, kept tags in place of the keys.
///
/// `None` where it reads no key, or needs a map all the same, of which neither statistics nor Parquet's filters know.
pub(crate) fn over_kept_tags(
    filter: Arc<dyn PhysicalExpr>,
    table: &SchemaRef,
    stored: &SchemaRef,
) -> Result<Option<Arc<dyn PhysicalExpr>>> {
    if !filter.exists(|expr| Ok(KeyRead::of(expr).is_some()))? {
        return Ok(None);
    }
    let filter = KeyReading.create(table.clone(), stored.clone())?.rewrite(filter)?;
    let is_plain = |column: &Column| !stored.field(column.index()).data_type().is_nested();
    Ok(collect_columns(&filter).iter().all(is_plain).then_some(filter))
}

/// A call of the function behind `hstore -> text` for one key of a column.
struct KeyRead<'a> {
    call: &'a ScalarFunctionExpr,
    column: &'a Column,
    key: &'a str,
}

impl<'a> KeyRead<'a> {
    fn of(expr: &'a Arc<dyn PhysicalExpr>) -> Option<Self> {
        let call = expr.downcast_ref::<ScalarFunctionExpr>()?;
        let [map, key] = call.args() else { return None };
        if call.name() != hstore::GET_FUNCTION {
            return None;
        }
        let column = map.downcast_ref::<Column>()?;
        match key.downcast_ref::<Literal>()?.value() {
            ScalarValue::Utf8(Some(key)) => Some(Self { call, column, key }),
            _ => None,
        }
    }

    /// Returns the column of a file that keeps the tag.
    fn column(&self, file: &Schema) -> Option<Arc<dyn PhysicalExpr>> {
        if self.column.name() != TAGS {
            return None;
        }
        let name = format!("{KEPT_TAG_PREFIX}{}", self.key);
        let index = file.index_of(&name).ok()?;
        let is_text = file.field(index).data_type() == &DataType::Utf8;
        is_text.then(|| Arc::new(Column::new(&name, index)) as Arc<dyn PhysicalExpr>)
    }

    /// Returns the call on a map that keeps its texts numbered: nothing is cast.
    fn function(&self, file: &Schema) -> Option<Arc<dyn PhysicalExpr>> {
        let index = file.index_of(self.column.name()).ok()?;
        if !hstore::is_dictionary_type(file.field(index).data_type()) {
            return None;
        }
        let map = Arc::new(Column::new(self.column.name(), index)) as Arc<dyn PhysicalExpr>;
        Some(Arc::new(ScalarFunctionExpr::new(
            self.call.name(),
            Arc::new(self.call.fun().clone()),
            vec![map, self.call.args()[1].clone()],
            self.call.return_field(file).ok()?,
            Arc::new(self.call.config_options().clone()),
        )))
    }
}
