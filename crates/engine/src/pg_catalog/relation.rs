//! A relation of the catalogs: its columns, and rows that name only what is not as usual.

use crate::settings::SettingValues;
use census_dialect::catalog::Catalog;
use census_error::{Error, Result};
use census_types::SqlType;
use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, Int64Builder, ListBuilder, RecordBatch,
    StringArray, new_null_array,
};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use std::sync::Arc;

/// The column by which a row knows its relation. In PostgreSQL every relation has it and no `*` shows it; here tables
/// of the catalogs have it, as their last column.
const RELATION_NUMBER: &str = "tableoid";

/// A relation that the engine makes itself.
pub(crate) struct SystemRelation {
    /// Its name without schema.
    pub(crate) name: &'static str,
    /// Its number in PostgreSQL; 0 for a view, whose number differs from server to server.
    pub(crate) oid: i64,
    /// All columns in order.
    pub(crate) columns: &'static [Column],
    /// Returns the rows.
    pub(crate) rows: fn(&Source<'_>) -> Vec<Row>,
}

/// A column: its name and its type.
pub(crate) struct Column(pub(crate) &'static str, pub(crate) Kind);

/// What a row has that is not as usual: the cells of the columns that are named.
pub(crate) type Row = Vec<(&'static str, Cell)>;

/// What rows are made of.
pub(crate) struct Source<'a> {
    /// The objects.
    pub(crate) catalog: &'a Catalog,
    /// The settings of the session.
    pub(crate) settings: &'a SettingValues,
}

/// The type of a column, which also says what a cell holds that no row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `oid`; usually 0.
    Oid,
    /// `regproc`; usually 0.
    RegProc,
    /// `name`; usually empty.
    Name,
    /// `"char"`; usually empty.
    Char,
    /// `bigint`, also for what PostgreSQL keeps in fewer bits; usually 0.
    Number,
    /// `boolean`; usually false.
    Bool,
    /// `double precision`; usually 0.
    Double,
    /// `text`; usually NULL.
    Text,
    /// `timestamp`; always NULL.
    Timestamp,
    /// `text[]`; always NULL.
    Texts,
    /// `bigint[]`; usually NULL.
    Numbers,
    /// `oidvector`; usually empty.
    Oids,
    /// `int2vector`; usually empty.
    Places,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Number(i64),
    Text(String),
    Bool(bool),
    Numbers(Vec<i64>),
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Kind {
    /// Returns the type that clients see.
    pub(crate) fn sql_type(self) -> SqlType {
        match self {
            Self::Oid => SqlType::Oid,
            Self::RegProc => SqlType::RegProc,
            Self::Name => SqlType::Name,
            Self::Char => SqlType::Char,
            Self::Number => SqlType::Int64,
            Self::Bool => SqlType::Bool,
            Self::Double => SqlType::Float64,
            Self::Text => SqlType::Text,
            Self::Timestamp => SqlType::Timestamp,
            Self::Texts => SqlType::Text.into_array(),
            Self::Numbers => SqlType::Int64.into_array(),
            Self::Oids => SqlType::OidVector,
            Self::Places => SqlType::Int2Vector,
        }
    }

    /// Returns a column of cells, each given or as usual.
    fn column(self, cells: &[Option<&Cell>]) -> ArrayRef {
        match self {
            Self::Oid | Self::RegProc | Self::Number => Arc::new(Int64Array::from_iter_values(
                cells.iter().map(|cell| number(*cell).unwrap_or(0)),
            )),
            Self::Name | Self::Char => Arc::new(StringArray::from_iter_values(
                cells.iter().map(|cell| text(*cell).unwrap_or_default()),
            )),
            Self::Text => Arc::new(cells.iter().map(|cell| text(*cell)).collect::<StringArray>()),
            Self::Bool => {
                let values = cells.iter().map(|cell| Some(matches!(cell, Some(Cell::Bool(true)))));
                Arc::new(values.collect::<BooleanArray>())
            }
            Self::Double => Arc::new(Float64Array::from_iter_values(cells.iter().map(|_| 0.0))),
            Self::Timestamp | Self::Texts => {
                new_null_array(&self.sql_type().data_type(), cells.len())
            }
            Self::Numbers | Self::Oids | Self::Places => {
                let mut lists = ListBuilder::new(Int64Builder::new());
                for cell in cells {
                    let Some(Cell::Numbers(items)) = cell else {
                        lists.append(self != Self::Numbers);
                        continue;
                    };
                    lists.values().append_slice(items);
                    lists.append(true);
                }
                Arc::new(lists.finish())
            }
        }
    }
}

fn number(cell: Option<&Cell>) -> Option<i64> {
    match cell {
        Some(Cell::Number(number)) => Some(*number),
        _ => None,
    }
}

fn text(cell: Option<&Cell>) -> Option<&str> {
    match cell {
        Some(Cell::Text(text)) => Some(text),
        _ => None,
    }
}

impl SystemRelation {
    /// Returns the columns as Arrow has them.
    pub(crate) fn schema(&self) -> SchemaRef {
        let columns = self.columns.iter();
        let mut fields: Vec<Field> =
            columns.map(|Column(name, kind)| kind.sql_type().to_field(*name, true)).collect();
        if self.oid != 0 {
            fields.push(SqlType::Oid.to_field(RELATION_NUMBER, true));
        }
        Arc::new(Schema::new(fields))
    }

    /// Returns all rows.
    pub(crate) fn batch(&self, source: &Source<'_>) -> Result<RecordBatch> {
        let rows = (self.rows)(source);
        let columns = self.columns.iter().map(|Column(name, kind)| {
            let cell = |row: &'_ Row| row.iter().position(|(named, _)| named == name);
            let cells: Vec<Option<&Cell>> = rows
                .iter()
                .map(|row| cell(row).and_then(|place| row.get(place)).map(|(_, cell)| cell))
                .collect();
            kind.column(&cells)
        });
        let mut columns: Vec<ArrayRef> = columns.collect();
        if self.oid != 0 {
            columns.push(Arc::new(Int64Array::from_value(self.oid, rows.len())));
        }
        RecordBatch::try_new(self.schema(), columns).map_err(Error::internal)
    }
}
