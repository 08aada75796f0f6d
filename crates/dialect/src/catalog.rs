//! The objects that `pg_catalog` speaks of, and the numbers by which it does: schemas, relations, columns, types.
//!
//! Whoever knows the relations makes a [`Catalog`] of them; the functions of the catalog look objects up in it.

use crate::functions::strings::quote::name;
use crate::functions::{self, FunctionRecord};
use census_types::{SqlType, TypeRoutine};
use std::collections::HashMap;
use std::sync::Arc;

/// The number of the first schema that PostgreSQL does not bring along; types of extensions stand before.
const FIRST_SCHEMA: i64 = 16_390;
/// The number of the first relation that PostgreSQL does not bring along.
const FIRST_RELATION: i64 = 16_500;
/// The number of the first function.
const FIRST_FUNCTION: i64 = 20_000;
/// The number of the first type of a relation's rows.
const FIRST_ROW_TYPE: i64 = 30_000;
/// The number of the first index, and of the first constraint.
const FIRST_INDEX: i64 = 60_000;
const FIRST_CONSTRAINT: i64 = 70_000;

/// The schemas of PostgreSQL, by their numbers there.
const SYSTEM_SCHEMAS: [(&str, i64); 3] =
    [("pg_catalog", 11), ("public", 2200), ("information_schema", 13_000)];

/// The schemas in which a name without schema is looked up, in this order; `pg_catalog` comes before them.
pub const SEARCH_PATH: [&str; 3] = ["aws", "census", "public"];

/// A relation that the catalog lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogRelation {
    /// Its number; 0 has the catalog give it one.
    pub oid: i64,
    /// The schema.
    pub schema: String,
    /// The name without schema.
    pub name: String,
    /// Whether it is a view, as what the engine makes itself is.
    pub is_view: bool,
    /// What a row is; empty where nothing is said.
    pub description: String,
    /// All columns in order.
    pub columns: Vec<CatalogColumn>,
    /// The columns by which a row is known; none where nothing says so.
    pub primary_key: Vec<String>,
}

/// The primary key of a relation: an index, and the constraint that it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogKey {
    /// The number of the index.
    pub oid: i64,
    /// The number of the constraint.
    pub constraint: i64,
    /// The name of both.
    pub name: String,
    /// The number of the relation.
    pub relation: i64,
    /// The places of its columns in the relation, from 1.
    pub places: Vec<i64>,
}

/// A column of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogColumn {
    /// The name.
    pub name: String,
    /// The type.
    pub sql_type: SqlType,
    /// Whether the value may be NULL.
    pub is_nullable: bool,
    /// What it holds; empty where nothing is said.
    pub description: String,
}

/// One form of a function.
#[derive(Debug, Clone, Copy)]
pub struct CatalogFunction {
    /// Its number.
    pub oid: i64,
    /// The function.
    pub record: &'static FunctionRecord,
    /// The types of the arguments as the form names them, for example `hstore, text`.
    pub arguments: &'static str,
    /// The type of the result as the form names it.
    pub result: &'static str,
}

/// Every object, by name and by number.
#[derive(Debug, Default)]
pub struct Catalog {
    schemas: Vec<(String, i64)>,
    relations: Vec<CatalogRelation>,
    places: HashMap<i64, usize>,
    keys: Vec<CatalogKey>,
}

impl Catalog {
    /// Makes a catalog of relations; those without a number get one, in their order.
    #[must_use]
    pub fn new(mut relations: Vec<CatalogRelation>) -> Arc<Self> {
        let mut schemas: Vec<(String, i64)> =
            SYSTEM_SCHEMAS.iter().map(|(name, oid)| ((*name).to_owned(), *oid)).collect();
        let mut places = HashMap::new();
        for ((place, relation), oid) in relations.iter_mut().enumerate().zip(FIRST_RELATION..) {
            if relation.oid == 0 {
                relation.oid = oid;
            }
            places.insert(relation.oid, place);
            if !schemas.iter().any(|(name, _)| *name == relation.schema) {
                let further = schemas.len() - SYSTEM_SCHEMAS.len();
                let number = FIRST_SCHEMA + i64::try_from(further).unwrap_or(0);
                schemas.push((relation.schema.clone(), number));
            }
        }
        let keyed = relations.iter().filter(|relation| !relation.primary_key.is_empty());
        let keys = (0..).zip(keyed).map(|(number, relation)| key(number, relation)).collect();
        Arc::new(Self { schemas, relations, places, keys })
    }

    /// Returns the schemas with their numbers.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, i64)> {
        self.schemas.iter().map(|(name, oid)| (name.as_str(), *oid))
    }

    /// Returns the number of a schema.
    #[must_use]
    pub fn schema_oid(&self, name: &str) -> Option<i64> {
        self.schemas().find(|(known, _)| *known == name).map(|(_, oid)| oid)
    }

    /// Returns the relations.
    #[must_use]
    pub fn relations(&self) -> &[CatalogRelation] {
        &self.relations
    }

    /// Returns a relation by its number.
    #[must_use]
    pub fn relation(&self, oid: i64) -> Option<&CatalogRelation> {
        self.places.get(&oid).and_then(|place| self.relations.get(*place))
    }

    /// Returns the primary keys, in the order of their relations.
    #[must_use]
    pub fn keys(&self) -> &[CatalogKey] {
        &self.keys
    }

    /// Returns the relation of a key, and the names of the columns that make it up.
    #[must_use]
    pub fn keyed(&self, key: &CatalogKey) -> Option<(&CatalogRelation, &[String])> {
        let relation = self.relation(key.relation)?;
        Some((relation, &relation.primary_key))
    }

    /// Returns the statement that would make the index of a key.
    #[must_use]
    pub fn index_definition(&self, key: &CatalogKey) -> Option<String> {
        let (relation, columns) = self.keyed(key)?;
        Some(format!(
            "CREATE UNIQUE INDEX {} ON {}.{} USING btree ({})",
            name(&key.name),
            name(&relation.schema),
            name(&relation.name),
            names(columns)
        ))
    }

    /// Returns schema and name of what a number of `pg_class` stands for: a relation, or the index of a key.
    #[must_use]
    pub fn name_of(&self, oid: i64) -> Option<(&str, &str)> {
        if let Some(relation) = self.relation(oid) {
            return Some((&relation.schema, &relation.name));
        }
        let key = self.keys.iter().find(|key| key.oid == oid)?;
        Some((&self.relation(key.relation)?.schema, &key.name))
    }

    /// Returns the number in `pg_class` of what a name stands for, as SQL writes it.
    #[must_use]
    pub fn number_of(&self, written: &str) -> Option<i64> {
        if let Some(relation) = self.find_relation(written) {
            return Some(relation.oid);
        }
        let parts = name_parts(written)?;
        let (name, schema) = parts.split_last()?;
        let is_meant = |key: &&CatalogKey| {
            let Some((found, _)) = self.name_of(key.oid) else { return false };
            let is_in_schema = match schema {
                [] => is_visible(found),
                [schema] => schema == found,
                _ => false,
            };
            key.name == *name && is_in_schema
        };
        self.keys.iter().find(is_meant).map(|key| key.oid)
    }

    /// Finds a relation by its name as SQL writes it, with or without schema, quoted or not.
    #[must_use]
    pub fn find_relation(&self, written: &str) -> Option<&CatalogRelation> {
        match name_parts(written)?.as_slice() {
            [schema, name] => self.relation_in(schema, name),
            [name] => std::iter::once("pg_catalog")
                .chain(SEARCH_PATH)
                .find_map(|schema| self.relation_in(schema, name)),
            _ => None,
        }
    }

    fn relation_in(&self, schema: &str, name: &str) -> Option<&CatalogRelation> {
        self.relations.iter().find(|relation| relation.schema == schema && relation.name == name)
    }
}

/// Writes names as SQL does, separated by commas.
#[must_use]
pub fn names(columns: &[String]) -> String {
    columns.iter().map(|column| name(column)).collect::<Vec<_>>().join(", ")
}

/// Tells whether what stands in a schema is found by a name without one.
#[must_use]
pub fn is_visible(schema: &str) -> bool {
    schema == "pg_catalog" || SEARCH_PATH.contains(&schema)
}

fn key(number: i64, relation: &CatalogRelation) -> CatalogKey {
    let columns = (1..).zip(&relation.columns);
    let place = |wanted: &String| {
        columns.clone().find(|(_, column)| column.name == *wanted).map_or(0, |(place, _)| place)
    };
    CatalogKey {
        oid: FIRST_INDEX + number,
        constraint: FIRST_CONSTRAINT + number,
        name: format!("{}_pkey", relation.name),
        relation: relation.oid,
        places: relation.primary_key.iter().map(place).collect(),
    }
}

/// Returns the number of the type of a relation's rows.
#[must_use]
pub fn row_type(relation: &CatalogRelation) -> i64 {
    FIRST_ROW_TYPE + relation.oid
}

/// Returns every form of every function that statements may call.
pub fn catalog_functions() -> impl Iterator<Item = CatalogFunction> {
    let shown = functions::all().iter().filter(|record| !record.syntax.is_empty());
    let forms = shown.flat_map(|record| record.syntax.lines().map(move |form| (*record, form)));
    (FIRST_FUNCTION..).zip(forms).map(|(oid, (record, form))| {
        let (call, result) = form.rsplit_once('→').unwrap_or((form, ""));
        let arguments = call.split_once('(').map_or("", |(_, rest)| rest);
        let arguments = arguments.trim_end().strip_suffix(')').unwrap_or(arguments);
        CatalogFunction { oid, record, arguments, result: result.trim() }
    })
}

/// Returns the number of the function that a name stands for as SQL writes it; the first of several forms.
#[must_use]
pub fn routine_number(written: &str) -> Option<i64> {
    let parts = name_parts(written)?;
    let name = match parts.as_slice() {
        [name] => name,
        [schema, name] if schema == "pg_catalog" || schema == "public" => name,
        _ => return None,
    };
    if let Some(routine) = TypeRoutine::of_name(name) {
        return Some(routine.oid.into());
    }
    catalog_functions().find(|function| function.record.name == name).map(|function| function.oid)
}

/// Returns the name of the function of a number.
#[must_use]
pub fn routine_name(oid: i64) -> Option<&'static str> {
    if let Some(routine) = u32::try_from(oid).ok().and_then(TypeRoutine::of_oid) {
        return Some(routine.name);
    }
    catalog_functions().find(|function| function.oid == oid).map(|function| function.record.name)
}

/// Finds a type by its name as SQL writes it: `bigint`, `int8`, `text[]`, `public.hstore`, `_int8`.
#[must_use]
pub fn find_type(written: &str) -> Option<SqlType> {
    let written = written.trim();
    if let Some(element) = written.strip_suffix("[]") {
        return find_type(element).map(SqlType::into_array);
    }
    if written == "\"char\"" || written == "pg_catalog.\"char\"" {
        return Some(SqlType::Char);
    }
    let parts = name_parts(written)?;
    let name = match parts.as_slice() {
        [name] => name,
        [schema, name] if schema == "pg_catalog" || schema == "public" => name,
        _ => return None,
    };
    if name == "varchar" || name == "character varying" || name == "bpchar" {
        return Some(SqlType::Text);
    }
    let scalar = |name: &str| {
        SqlType::SCALARS.into_iter().find(|scalar| {
            *scalar != SqlType::Char && (scalar.name() == name || scalar.internal_name() == name)
        })
    };
    let short = match name.as_str() {
        "int" => "integer",
        "decimal" => "numeric",
        "float" => "double precision",
        other => other,
    };
    scalar(short).or_else(|| scalar(name.strip_prefix('_')?).map(SqlType::into_array))
}

/// Cuts a name at its dots; parts that are not quoted are lower case. `None` where quotes do not match.
fn name_parts(written: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    let mut characters = written.trim().chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                parts.last_mut()?.push('"');
            }
            '"' => is_quoted = !is_quoted,
            '.' if !is_quoted => parts.push(String::new()),
            other if is_quoted => parts.last_mut()?.push(other),
            other => parts.last_mut()?.extend(other.to_lowercase()),
        }
    }
    (!is_quoted && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog() -> Arc<Catalog> {
        let relation = |schema: &str, name: &str| CatalogRelation {
            oid: 0,
            schema: schema.to_owned(),
            name: name.to_owned(),
            is_view: false,
            description: String::new(),
            columns: Vec::new(),
            primary_key: Vec::new(),
        };
        Catalog::new(vec![relation("aws", "api"), relation("census", "Odd.one")])
    }

    #[test]
    fn relations_are_found_as_sql_writes_them() {
        let catalog = catalog();
        let found = |written| catalog.find_relation(written).map(|found| found.name.as_str());
        assert_eq!(found("AWS.Api"), Some("api"));
        assert_eq!(found("api"), Some("api"));
        assert_eq!(found("census.\"Odd.one\""), Some("Odd.one"));
        for absent in ["\"API\"", "aws.api.x", "aws.", "\"api", ""] {
            assert_eq!(found(absent), None, "{absent}");
        }
    }

    #[test]
    fn types_are_found_under_both_their_names() {
        for (written, sql_type) in [
            ("bigint", SqlType::Int64),
            ("INT8", SqlType::Int64),
            ("public.hstore", SqlType::Hstore),
            ("_text", SqlType::Text.into_array()),
            ("pg_catalog.\"char\"", SqlType::Char),
            ("double precision[]", SqlType::Float64.into_array()),
        ] {
            assert_eq!(find_type(written), Some(sql_type), "{written}");
        }
        assert_eq!(find_type("aws.text"), None);
        assert_eq!(find_type("nosuch"), None);
    }

    #[test]
    fn functions_have_their_arguments_and_results() {
        let exist = catalog_functions().find(|function| function.record.name == "exist").unwrap();
        assert_eq!((exist.arguments, exist.result), ("hstore, text", "boolean"));
    }
}
