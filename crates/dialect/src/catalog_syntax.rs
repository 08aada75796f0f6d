//! What clients write to be independent of the search path, as what it stands for: `pg_catalog.text`,
//! `pg_catalog.version()`, `OPERATOR(pg_catalog.~)`, `COLLATE pg_catalog.default`, and casts such as `::regclass`.

use crate::row_functions::call;
use crate::temporary_statement::cast;
use datafusion::sql::sqlparser::ast::{
    ArrayElemTypeDef, BinaryOperator, CaseWhen, DataType, Expr, Ident, ObjectName, ObjectNamePart,
    Query, TableFactor, Value, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// The schema whose names are found without it.
const SYSTEM_SCHEMA: &str = "pg_catalog";

/// Collations that order by bytes, as all texts are ordered.
const COLLATIONS: [&str; 4] = ["default", "c", "posix", "ucs_basic"];

/// Takes these forms out of a query.
pub(crate) fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, args: Some(_), .. } | TableFactor::Function { name, .. } =
            factor
        {
            unqualify(name);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Case { conditions, .. } = expr {
            for CaseWhen { condition, result } in conditions {
                if is_domain(condition)
                    && matches!(result, Expr::Subquery(query) if query.with.is_some())
                {
                    *result = cast(Expr::value(Value::Null), DataType::BigInt(None));
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        match expr {
            Expr::Function(function) => unqualify(&mut function.name),
            Expr::BinaryOp { op, .. } => {
                if let Some(plain) = plain_operator(op) {
                    *op = plain;
                }
            }
            Expr::AnyOp { compare_op, .. } | Expr::AllOp { compare_op, .. } => {
                if let Some(plain) = plain_operator(compare_op) {
                    *compare_op = plain;
                }
            }
            Expr::Cast { expr: value, data_type, .. } => {
                unqualify_type(data_type);
                if let Some(function) = function_of(data_type) {
                    let value = std::mem::replace(value.as_mut(), Expr::Identifier(Ident::new("")));
                    *expr = call(function, vec![value]);
                }
            }
            Expr::Collate { expr: value, collation } => {
                unqualify(collation);
                let name = collation.to_string().trim_matches('"').to_lowercase();
                if COLLATIONS.contains(&name.as_str()) {
                    *expr = std::mem::replace(value.as_mut(), Expr::Identifier(Ident::new("")));
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// Tells whether a condition is that a type is a domain. None is: what drivers then ask, by walking from type to type
/// for each row, is never computed.
fn is_domain(condition: &Expr) -> bool {
    let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = condition else { return false };
    let is_kind = matches!(left.as_ref(), Expr::CompoundIdentifier(names)
        if names.last().is_some_and(|name| name.value.eq_ignore_ascii_case("typtype")));
    is_kind
        && matches!(right.as_ref(), Expr::Value(value)
        if matches!(&value.value, Value::SingleQuotedString(kind) if kind == "d"))
}

/// Takes `pg_catalog.` from a name.
fn unqualify(name: &mut ObjectName) {
    if let [first, _] = name.0.as_slice()
        && first.as_ident().is_some_and(is_system_schema)
    {
        name.0.remove(0);
    }
}

fn is_system_schema(name: &Ident) -> bool {
    match name.quote_style {
        Some(_) => name.value == SYSTEM_SCHEMA,
        None => name.value.eq_ignore_ascii_case(SYSTEM_SCHEMA),
    }
}

/// Turns `pg_catalog.int4` into the type that `int4` is.
fn unqualify_type(data_type: &mut DataType) {
    match data_type {
        DataType::Array(
            ArrayElemTypeDef::SquareBracket(item, _) | ArrayElemTypeDef::AngleBracket(item),
        ) => unqualify_type(item),
        DataType::Custom(name, _) if name.0.len() == 2 => {
            unqualify(name);
            let [ObjectNamePart::Identifier(only)] = name.0.as_slice() else { return };
            if only.quote_style.is_none()
                && let Ok(plain) = crate::temporary_statement::parse_type(&only.value)
            {
                *data_type = plain;
            }
        }
        _ => {}
    }
}

/// Returns the function that a cast to the number of an object stands for.
fn function_of(data_type: &DataType) -> Option<&'static str> {
    match data_type {
        DataType::Regclass => Some("__regclass"),
        DataType::Custom(name, _) => match name.to_string().to_lowercase().as_str() {
            "regclass" => Some("__regclass"),
            "regtype" => Some("__regtype"),
            "regnamespace" => Some("to_regnamespace"),
            "regrole" => Some("pg_get_userbyid"),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the operator that `OPERATOR(pg_catalog.…)` names.
fn plain_operator(operator: &BinaryOperator) -> Option<BinaryOperator> {
    let BinaryOperator::PGCustomBinaryOperator(parts) = operator else { return None };
    let name = match parts.as_slice() {
        [schema, name] if schema.eq_ignore_ascii_case(SYSTEM_SCHEMA) => name,
        [name] => name,
        _ => return None,
    };
    Some(match name.as_str() {
        "=" => BinaryOperator::Eq,
        "<>" => BinaryOperator::NotEq,
        "<" => BinaryOperator::Lt,
        "<=" => BinaryOperator::LtEq,
        ">" => BinaryOperator::Gt,
        ">=" => BinaryOperator::GtEq,
        "~" => BinaryOperator::PGRegexMatch,
        "~*" => BinaryOperator::PGRegexIMatch,
        "!~" => BinaryOperator::PGRegexNotMatch,
        "!~*" => BinaryOperator::PGRegexNotIMatch,
        "~~" => BinaryOperator::PGLikeMatch,
        "!~~" => BinaryOperator::PGNotLikeMatch,
        "~~*" => BinaryOperator::PGILikeMatch,
        "!~~*" => BinaryOperator::PGNotILikeMatch,
        "||" => BinaryOperator::StringConcat,
        "+" => BinaryOperator::Plus,
        "-" => BinaryOperator::Minus,
        "*" => BinaryOperator::Multiply,
        "/" => BinaryOperator::Divide,
        _ => return None,
    })
}
