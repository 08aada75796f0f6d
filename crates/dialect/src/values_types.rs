//! `VALUES (HSTORE '…'), (NULL), ('…')`: NULLs and text literals take the type that their column has in another row.

use datafusion::sql::sqlparser::ast::{
    CastKind, DataType, Expr, Query, SetExpr, Value, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// Casts the NULLs and text literals of a column to the first type that one of its rows is cast to.
///
/// DataFusion compares the columns row by row, and takes a bare NULL beside an hstore for another type.
pub(crate) fn unify(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Unifier);
}

struct Unifier;

impl VisitorMut for Unifier {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        unify_set(query.body.as_mut());
        ControlFlow::Continue(())
    }
}

fn unify_set(set: &mut SetExpr) {
    match set {
        SetExpr::Values(values) => {
            let width = values.rows.first().map_or(0, |row| row.len());
            for column in 0..width {
                let mut cells = values.rows.iter().filter_map(|row| row.get(column));
                let Some(data_type) = cells.find_map(written_type).cloned() else {
                    continue;
                };
                for cell in values.rows.iter_mut().filter_map(|row| row.get_mut(column)) {
                    if is_open(cell) {
                        cast(cell, data_type.clone());
                    }
                }
            }
        }
        SetExpr::SetOperation { left, right, .. } => {
            unify_set(left);
            unify_set(right);
        }
        _ => {}
    }
}

fn written_type(cell: &Expr) -> Option<&DataType> {
    match cell {
        Expr::Cast { data_type, .. } => Some(data_type),
        Expr::TypedString(typed) => Some(&typed.data_type),
        Expr::Nested(inner) => written_type(inner),
        _ => None,
    }
}

fn is_open(cell: &Expr) -> bool {
    matches!(
        cell,
        Expr::Value(value) if matches!(value.value, Value::Null | Value::SingleQuotedString(_) | Value::EscapedStringLiteral(_))
    )
}

fn cast(cell: &mut Expr, data_type: DataType) {
    let inner = std::mem::replace(cell, Expr::value(Value::Null));
    *cell = Expr::Cast {
        kind: CastKind::DoubleColon,
        expr: Box::new(inner),
        data_type,
        array: false,
        format: None,
    };
}
