//! `x::pg_catalog.int4` and `x::"text"`: types are known without their schema and quotes, which may stand around them.

use crate::qualified_calls::OF_FUNCTIONS;
use crate::temporary_statement::parse_type;
use datafusion::sql::sqlparser::ast::{
    ArrayElemTypeDef, DataType, Expr, Ident, ObjectName, ObjectNamePart, Query, VisitMut,
    VisitorMut,
};
use std::ops::ControlFlow;

/// The names of types that are words of the grammar: within quotes they are names of no type.
const WORDS: [&str; 11] = [
    "bigint",
    "boolean",
    "char",
    "character",
    "dec",
    "decimal",
    "float",
    "int",
    "integer",
    "real",
    "smallint",
];

/// Takes schema and quotes away from the names of types.
pub(crate) fn resolve(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Resolver);
}

struct Resolver;

impl VisitorMut for Resolver {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Cast { data_type, .. } = expr {
            resolve_type(data_type);
        }
        ControlFlow::Continue(())
    }
}

/// Turns `pg_catalog."int4"` into the type that `int4` is, also where it is that of an array's items.
fn resolve_type(data_type: &mut DataType) {
    match data_type {
        DataType::Array(
            ArrayElemTypeDef::SquareBracket(item, _) | ArrayElemTypeDef::AngleBracket(item),
        ) => resolve_type(item),
        DataType::Custom(name, _) => {
            if let Some(named) = plain(name)
                && let Ok(known) = parse_type(&named)
            {
                *data_type = known;
            }
        }
        _ => {}
    }
}

/// Returns the name of a type as it is written without schema and quotes; `None` where it is no type's.
fn plain(name: &ObjectName) -> Option<String> {
    let named = match name.0.as_slice() {
        [schema, named] => {
            let schema = schema.as_ident()?;
            OF_FUNCTIONS.contains(&schema.value.as_str()).then_some(named)?
        }
        [named] => named,
        _ => return None,
    };
    let Ident { value, quote_style, .. } = named.as_ident()?;
    let is_lower = |value: &str| {
        value.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit() || byte.is_ascii_lowercase())
    };
    match quote_style {
        None => (name.0.len() > 1).then(|| value.clone()),
        // The type of one letter has this name within quotes alone.
        Some(_) if value == "char" => Some(ObjectNamePart::to_string(named)),
        Some(_) => (is_lower(value) && !WORDS.contains(&value.as_str())).then(|| value.clone()),
    }
}
