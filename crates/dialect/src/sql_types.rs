//! The types DDSQL knows, by name, and the Arrow fields that stand for them.

use crate::error::DialectError;
use crate::number_kinds::{DOUBLE_PRECISION, NUMERIC};
use census_types::{SqlType, hstore, inet, json};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, TimeUnit};
use datafusion::common::Result;
use datafusion::logical_expr::planner::TypePlanner;
use datafusion::sql::sqlparser::ast;
use std::sync::Arc;

/// The names that a cast or typed literal may give, for hints.
const NAMES: [&str; 18] = [
    "bigint",
    "boolean",
    "bytea",
    "date",
    "decimal",
    "double precision",
    "hstore",
    "inet",
    "integer",
    "interval",
    "json",
    "numeric",
    "real",
    "smallint",
    "text",
    "time",
    "timestamp",
    "varchar",
];

/// Plans type names as DDSQL means them: one integer, one floating-point number, timestamps in microseconds.
#[derive(Debug)]
pub struct DdsqlTypes;

impl TypePlanner for DdsqlTypes {
    fn plan_type_field(&self, sql_type: &ast::DataType) -> Result<Option<FieldRef>> {
        use ast::DataType as Sql;
        let data_type = match sql_type {
            Sql::Boolean | Sql::Bool => DataType::Boolean,
            Sql::SmallInt(_)
            | Sql::Int2(_)
            | Sql::Int(_)
            | Sql::Integer(_)
            | Sql::Int4(_)
            | Sql::BigInt(_)
            | Sql::Int8(_) => DataType::Int64,
            Sql::Float(_)
            | Sql::Real
            | Sql::Float4
            | Sql::Double(_)
            | Sql::DoublePrecision
            | Sql::Float8 => return Ok(named(DOUBLE_PRECISION, DataType::Float64)),
            Sql::Decimal(ast::ExactNumberInfo::None)
            | Sql::Numeric(ast::ExactNumberInfo::None)
            | Sql::Dec(ast::ExactNumberInfo::None) => return Ok(named(NUMERIC, DataType::Float64)),
            Sql::Varchar(None)
            | Sql::CharacterVarying(None)
            | Sql::CharVarying(None)
            | Sql::Text
            | Sql::String(None) => DataType::Utf8,
            Sql::Timestamp(None | Some(6), _) => DataType::Timestamp(TimeUnit::Microsecond, None),
            Sql::Bytea => DataType::Binary,
            Sql::JSON => return Ok(Some(Arc::new(json::field("json", true)))),
            Sql::Custom(name, arguments) if arguments.is_empty() && is_named(name, "hstore") => {
                return Ok(Some(Arc::new(hstore::field("hstore", true))));
            }
            Sql::Custom(name, arguments) if arguments.is_empty() && is_named(name, "inet") => {
                return Ok(Some(Arc::new(inet::field("inet", true))));
            }
            Sql::Custom(name, arguments) if arguments.is_empty() => match catalog_type(name) {
                Some(sql_type) => return Ok(Some(Arc::new(sql_type.to_field("", true)))),
                None if is_named(name, "cidr") => return Err(DialectError::CidrType.into()),
                None => return Err(unknown(sql_type)),
            },
            Sql::JSONB => return Err(DialectError::JsonbType.into()),
            Sql::Date => DataType::Date32,
            Sql::Time(None, _) => DataType::Time64(TimeUnit::Microsecond),
            Sql::Array(_) | Sql::Interval { fields: None, precision: None } => return Ok(None),
            Sql::Varchar(Some(_))
            | Sql::CharacterVarying(Some(_))
            | Sql::CharVarying(Some(_))
            | Sql::Char(_)
            | Sql::Character(_)
            | Sql::Decimal(_)
            | Sql::Numeric(_)
            | Sql::Dec(_)
            | Sql::Timestamp(..) => {
                return Err(DialectError::TypeWithModifier {
                    name: sql_type.to_string().to_lowercase(),
                }
                .into());
            }
            other => return Err(unknown(other)),
        };
        Ok(Some(Arc::new(Field::new("", data_type, true))))
    }
}

/// Returns a type under the name that tells it from another of the same format.
#[allow(clippy::unnecessary_wraps)]
fn named(name: &str, data_type: DataType) -> Option<FieldRef> {
    Some(Arc::new(Field::new(name, data_type, true)))
}

/// Returns the type of the catalogs that a name means.
fn catalog_type(name: &ast::ObjectName) -> Option<SqlType> {
    let [part] = name.0.as_slice() else { return None };
    let ident = part.as_ident()?;
    Some(match ident.value.to_lowercase().as_str() {
        "char" if ident.quote_style.is_some() => SqlType::Char,
        "name" | "regprocedure" | "regoper" | "regoperator" | "regconfig" => SqlType::Name,
        "oid" | "xid" | "cid" => SqlType::Oid,
        "oidvector" => SqlType::OidVector,
        "int2vector" => SqlType::Int2Vector,
        _ => return None,
    })
}

fn unknown(sql_type: &ast::DataType) -> datafusion::error::DataFusionError {
    let name = sql_type.to_string().to_lowercase();
    let nearest = census_directory::nearest(&name, NAMES).map(str::to_owned);
    DialectError::UnknownType { name, nearest }.into()
}

/// Returns the name that PostgreSQL's messages give a type.
#[must_use]
pub fn type_name(field: &Field) -> String {
    SqlType::from_field(field).name().into_owned()
}

fn is_named(name: &ast::ObjectName, expected: &str) -> bool {
    matches!(name.0.as_slice(), [part] if part.as_ident().is_some_and(|ident| ident.value.eq_ignore_ascii_case(expected)))
}
