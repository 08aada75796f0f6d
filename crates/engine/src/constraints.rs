//! Keys and relations of datasets, as `information_schema` and `census.columns` tell them.
//!
//! Nothing enforces them: the cloud keeps ids unique, and an id may outlive what it points at. A tag stands in
//! these views under its key, as it does in statements.

use crate::tables::{CATALOG, batch, texts};
use census_directory::{Column, ColumnSource, Dataset, Directory, Relation};
use census_error::{Error, Result};
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use std::sync::Arc;

/// The columns by which a row of a dataset is known.
pub(crate) const PRIMARY_KEY: [&str; 2] = ["account_id", "_key"];

/// What a constraint demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    PrimaryKey,
    Unique,
    ForeignKey,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::PrimaryKey => "PRIMARY KEY",
            Self::Unique => "UNIQUE",
            Self::ForeignKey => "FOREIGN KEY",
        }
    }
}

/// A constraint of a dataset.
struct Constraint<'a> {
    dataset: &'a Dataset,
    name: String,
    kind: Kind,
    columns: Vec<&'a str>,
    /// What a foreign key points at, with its columns in the same order.
    target: Option<(&'a Dataset, Vec<&'a str>)>,
}

/// Returns a view about constraints.
pub(crate) fn information(view: &str, directory: &Directory) -> Result<RecordBatch> {
    let all = all(directory);
    match view {
        "table_constraints" => table_constraints(&all),
        "referential_constraints" => referential_constraints(&all),
        "constraint_column_usage" => constraint_column_usage(&all),
        _ => key_column_usage(&all),
    }
}

/// Returns what the values of a column are ids of; for tags, each tag that is one.
pub(crate) fn points_to(dataset: &Dataset, column: &Column) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for relation in &dataset.relations {
        let Some(pointer) = relation.pointer() else { continue };
        let target = format!("{}.{}", relation.dataset, pointer.other);
        let is_column = dataset.column(&pointer.own).is_some();
        if pointer.own == column.name {
            found.push(target);
        } else if !is_column && column.source == ColumnSource::Tags {
            found.push(format!("{}={target}", pointer.own));
        }
    }
    found
}

fn all(directory: &Directory) -> Vec<Constraint<'_>> {
    let mut all = Vec::new();
    for dataset in directory.datasets() {
        let table = dataset.table_name();
        let own =
            |name: String, kind, columns| Constraint { dataset, name, kind, columns, target: None };
        all.push(own(format!("{table}_pkey"), Kind::PrimaryKey, PRIMARY_KEY.to_vec()));
        all.push(own(unique_name(dataset), Kind::Unique, scoped(dataset.key_variables())));
        for relation in dataset.relations.iter().filter(|relation| relation.is_plain()) {
            all.extend(foreign_key(directory, dataset, relation));
        }
    }
    all.sort_by(|left, right| {
        (&left.dataset.id, &left.name).cmp(&(&right.dataset.id, &right.name))
    });
    all
}

fn foreign_key<'a>(
    directory: &'a Directory,
    dataset: &'a Dataset,
    relation: &'a Relation,
) -> Option<Constraint<'a>> {
    let target = directory.dataset(&relation.dataset).ok()?;
    let pointer = relation.pointer()?;
    let columns = |name: fn(&'a census_directory::RelationPair) -> &'a str| {
        scoped(relation.pairs.iter().map(name).collect())
    };
    Some(Constraint {
        dataset,
        name: format!("{}_{}_fkey", dataset.table_name(), pointer.own),
        kind: Kind::ForeignKey,
        columns: columns(|pair| &pair.own),
        target: Some((target, columns(|pair| &pair.other))),
    })
}

fn unique_name(dataset: &Dataset) -> String {
    format!("{}_id_key", dataset.table_name())
}

/// Ids are unique within an account's region, so that these two belong to every key.
fn scoped(ids: Vec<&str>) -> Vec<&str> {
    let mut columns = vec!["account_id", "region"];
    columns.extend(ids);
    columns
}

fn table_constraints(all: &[Constraint]) -> Result<RecordBatch> {
    batch(vec![
        ("constraint_catalog", catalog(all.len())),
        ("constraint_schema", texts(all.iter().map(|one| one.dataset.schema_name()))),
        ("constraint_name", texts(all.iter().map(|one| &one.name))),
        ("table_catalog", catalog(all.len())),
        ("table_schema", texts(all.iter().map(|one| one.dataset.schema_name()))),
        ("table_name", texts(all.iter().map(|one| one.dataset.table_name()))),
        ("constraint_type", texts(all.iter().map(|one| one.kind.as_str()))),
        ("is_deferrable", texts(all.iter().map(|_| "NO"))),
        ("initially_deferred", texts(all.iter().map(|_| "NO"))),
        ("enforced", texts(all.iter().map(|_| "NO"))),
    ])
}

fn referential_constraints(all: &[Constraint]) -> Result<RecordBatch> {
    let keys: Vec<(&Constraint, &Dataset)> =
        all.iter().filter_map(|one| Some((one, one.target.as_ref()?.0))).collect();
    batch(vec![
        ("constraint_catalog", catalog(keys.len())),
        ("constraint_schema", texts(keys.iter().map(|(one, _)| one.dataset.schema_name()))),
        ("constraint_name", texts(keys.iter().map(|(one, _)| &one.name))),
        ("unique_constraint_catalog", catalog(keys.len())),
        ("unique_constraint_schema", texts(keys.iter().map(|(_, target)| target.schema_name()))),
        ("unique_constraint_name", texts(keys.iter().map(|(_, target)| unique_name(target)))),
        ("match_option", texts(keys.iter().map(|_| "NONE"))),
        ("update_rule", texts(keys.iter().map(|_| "NO ACTION"))),
        ("delete_rule", texts(keys.iter().map(|_| "NO ACTION"))),
    ])
}

fn key_column_usage(all: &[Constraint]) -> Result<RecordBatch> {
    let mut rows: Vec<(&Constraint, i64, &str)> = Vec::new();
    for one in all {
        rows.extend((1_i64..).zip(&one.columns).map(|(place, column)| (one, place, *column)));
    }
    // Both sides of a relation are in the order of the other dataset's key.
    let in_unique: Int64Array = rows
        .iter()
        .map(|(one, place, _)| (one.kind == Kind::ForeignKey).then_some(*place))
        .collect();
    let known = batch(vec![
        ("constraint_catalog", catalog(rows.len())),
        ("constraint_schema", texts(rows.iter().map(|(one, ..)| one.dataset.schema_name()))),
        ("constraint_name", texts(rows.iter().map(|(one, ..)| &one.name))),
        ("table_catalog", catalog(rows.len())),
        ("table_schema", texts(rows.iter().map(|(one, ..)| one.dataset.schema_name()))),
        ("table_name", texts(rows.iter().map(|(one, ..)| one.dataset.table_name()))),
        ("column_name", texts(rows.iter().map(|(.., column)| *column))),
        (
            "ordinal_position",
            Arc::new(Int64Array::from_iter_values(rows.iter().map(|(_, place, _)| *place))),
        ),
    ])?;
    let mut fields: Vec<Field> =
        known.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
    fields.push(Field::new("position_in_unique_constraint", DataType::Int64, true));
    let mut columns: Vec<ArrayRef> = known.columns().to_vec();
    columns.push(Arc::new(in_unique));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(Error::internal)
}

/// As in PostgreSQL: the columns that a key is made of, and for a foreign key those that it points at.
fn constraint_column_usage(all: &[Constraint]) -> Result<RecordBatch> {
    let mut rows: Vec<(&Constraint, &Dataset, &str)> = Vec::new();
    for one in all {
        let (dataset, columns) = match &one.target {
            Some((target, columns)) => (*target, columns),
            None => (one.dataset, &one.columns),
        };
        rows.extend(columns.iter().map(|column| (one, dataset, *column)));
    }
    batch(vec![
        ("table_catalog", catalog(rows.len())),
        ("table_schema", texts(rows.iter().map(|(_, dataset, _)| dataset.schema_name()))),
        ("table_name", texts(rows.iter().map(|(_, dataset, _)| dataset.table_name()))),
        ("column_name", texts(rows.iter().map(|(.., column)| *column))),
        ("constraint_catalog", catalog(rows.len())),
        ("constraint_schema", texts(rows.iter().map(|(one, ..)| one.dataset.schema_name()))),
        ("constraint_name", texts(rows.iter().map(|(one, ..)| &one.name))),
    ])
}

fn catalog(rows: usize) -> ArrayRef {
    texts(std::iter::repeat_n(CATALOG, rows))
}
