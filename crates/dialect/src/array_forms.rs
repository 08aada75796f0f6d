//! Forms of arrays as the calls that they stand for: `ARRAY[…]`, `array[1]`, `array[1:2]` and `value::type[]`.

use crate::row_functions::call;
use census_error::{Error, SqlState};
use census_types::array_text;
use datafusion::sql::sqlparser::ast::{
    AccessExpr, Array, ArrayElemTypeDef, CastKind, DataType, Expr, FunctionArg, FunctionArgExpr,
    FunctionArguments, Query, Subscript, TypedString, UnaryOperator, Value, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// Rewrites these forms, which DataFusion's planner reads otherwise: the types of arrays are found out by the functions.
///
/// # Errors
/// 42P18 for an empty array whose type nothing tells.
pub fn rewrite(query: &mut Query) -> Result<(), Error> {
    match VisitMut::visit(query, &mut Rewriter) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = Box<Error>;

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        match expr {
            Expr::Cast { expr: value, data_type, .. } => {
                if let (Some(item), Expr::Array(array)) = (item_type(data_type), value.as_mut()) {
                    if count(array) == 0 {
                        **value = text("{}");
                    } else {
                        cast_items(array, &item);
                    }
                }
            }
            Expr::Function(function)
                if function.name.to_string().eq_ignore_ascii_case("array_fill") =>
            {
                let FunctionArguments::List(list) = &mut function.args else {
                    return ControlFlow::Continue(());
                };
                if list.args.first().is_some_and(is_open) {
                    let message =
                        "could not determine polymorphic type because input has type unknown";
                    let error = Error::new(SqlState::DatatypeMismatch, message);
                    return ControlFlow::Break(Box::new(error));
                }
                write_lengths(&mut list.args);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        let taken = std::mem::replace(expr, Expr::value(Value::Null));
        *expr = match taken {
            Expr::Array(Array { elem, .. }) if elem.is_empty() => {
                let error = Error::new(
                    SqlState::IndeterminateDatatype,
                    "cannot determine type of empty array",
                );
                return ControlFlow::Break(Box::new(error.with_hint(
                    "Explicitly cast to the desired type, for example ARRAY[]::integer[].",
                )));
            }
            Expr::Array(Array { elem, .. }) => call("__array", elem),
            Expr::Cast { expr: value, data_type, kind, array, format } => {
                match item_type(&data_type) {
                    Some(_) if matches!(kind, CastKind::Cast | CastKind::DoubleColon) => {
                        cast_array(*value, data_type)
                    }
                    _ => Expr::Cast { expr: value, data_type, kind, array, format },
                }
            }
            Expr::TypedString(typed) if item_type(&typed.data_type).is_some() => {
                let TypedString { data_type, value, .. } = typed;
                cast_array(Expr::Value(value), data_type)
            }
            Expr::CompoundFieldAccess { root, access_chain } => accessed(*root, access_chain),
            other => other,
        };
        ControlFlow::Continue(())
    }
}

/// Returns the type of the items of an array type, however many brackets it is written with.
fn item_type(data_type: &DataType) -> Option<DataType> {
    match data_type {
        DataType::Array(ArrayElemTypeDef::SquareBracket(item, _)) => {
            Some(item_type(item).unwrap_or_else(|| item.as_ref().clone()))
        }
        _ => None,
    }
}

/// Returns how many items there are in an array and in those within it.
fn count(array: &Array) -> usize {
    let count = |item: &Expr| match item {
        Expr::Array(inner) => count(inner),
        _ => 1,
    };
    array.elem.iter().map(count).sum()
}

/// Casts the items that are written out, as PostgreSQL does before it looks for a type that all have in common.
fn cast_items(array: &mut Array, item: &DataType) {
    for element in &mut array.elem {
        match element {
            Expr::Array(inner) => cast_items(inner, item),
            written if is_written(written) => {
                let value = std::mem::replace(written, Expr::value(Value::Null));
                *written = cast(value, item.clone());
            }
            _ => {}
        }
    }
}

fn is_written(value: &Expr) -> bool {
    match value {
        Expr::Value(_) | Expr::TypedString(_) => true,
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => matches!(expr.as_ref(), Expr::Value(_)),
        _ => false,
    }
}

fn cast(value: Expr, data_type: DataType) -> Expr {
    Expr::Cast {
        kind: CastKind::DoubleColon,
        expr: Box::new(value),
        data_type,
        array: false,
        format: None,
    }
}

/// Returns a value as an array; of a literal, the text says how many dimensions it has, whatever the brackets are.
fn cast_array(value: Expr, data_type: DataType) -> Expr {
    let depth = match &value {
        Expr::Value(literal) => match &literal.value {
            Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text) => {
                Some(array_text::written_dimensions(text))
            }
            _ => None,
        },
        _ => None,
    };
    let data_type = match (depth, item_type(&data_type)) {
        (Some(depth), Some(item)) => (0..depth).fold(item, |inner, _| {
            DataType::Array(ArrayElemTypeDef::SquareBracket(Box::new(inner), None))
        }),
        _ => without_lengths(data_type),
    };
    call("__array_cast", vec![value, cast(Expr::value(Value::Null), data_type)])
}

/// Leaves out lengths within brackets, which mean nothing.
fn without_lengths(data_type: DataType) -> DataType {
    match data_type {
        DataType::Array(ArrayElemTypeDef::SquareBracket(item, _)) => {
            let item = Box::new(without_lengths(*item));
            DataType::Array(ArrayElemTypeDef::SquareBracket(item, None))
        }
        other => other,
    }
}

/// Returns what stands for `root.name[1][2:3]`: the subscripts are one part of the array.
fn accessed(root: Expr, mut chain: Vec<AccessExpr>) -> Expr {
    let names = chain.iter().take_while(|access| matches!(access, AccessExpr::Dot(_))).count();
    let are_subscripts =
        chain[names..].iter().all(|access| matches!(access, AccessExpr::Subscript(_)));
    if !are_subscripts || names == chain.len() {
        return Expr::CompoundFieldAccess { root: Box::new(root), access_chain: chain };
    }
    let subscripts = chain.split_off(names);
    let root = if chain.is_empty() { root } else { named(root, chain) };
    let subscripts = subscripts.into_iter().filter_map(|access| match access {
        AccessExpr::Subscript(subscript) => Some(subscript),
        AccessExpr::Dot(_) => None,
    });
    part(root, subscripts.collect())
}

/// Returns `root.name`: the name of a column where the root is one of a schema or relation.
fn named(root: Expr, chain: Vec<AccessExpr>) -> Expr {
    let mut names = match &root {
        Expr::Identifier(name) => vec![name.clone()],
        Expr::CompoundIdentifier(names) => names.clone(),
        _ => Vec::new(),
    };
    let is_name = !names.is_empty();
    for access in &chain {
        if let AccessExpr::Dot(Expr::Identifier(name)) = access {
            names.push(name.clone());
        }
    }
    if is_name && names.len() > chain.len() {
        return Expr::CompoundIdentifier(names);
    }
    Expr::CompoundFieldAccess { root: Box::new(root), access_chain: chain }
}

fn part(root: Expr, subscripts: Vec<Subscript>) -> Expr {
    let is_slice = subscripts.iter().any(|subscript| matches!(subscript, Subscript::Slice { .. }));
    let mut letters = String::new();
    let mut bounds = Vec::new();
    for subscript in subscripts {
        match subscript {
            Subscript::Index { index } => {
                letters.push('i');
                bounds.push(index);
            }
            Subscript::Slice { lower_bound, upper_bound, .. } => {
                letters.push(match (&lower_bound, &upper_bound) {
                    (Some(_), Some(_)) => 'b',
                    (Some(_), None) => 'l',
                    (None, Some(_)) => 'u',
                    (None, None) => 'n',
                });
                bounds.extend(lower_bound.into_iter().chain(upper_bound));
            }
        }
    }
    let mut arguments = vec![root];
    if is_slice {
        arguments.push(text(&letters));
    }
    arguments.extend(bounds);
    call(if is_slice { "__slice" } else { "__subscript" }, arguments)
}

/// Writes the lengths of `array_fill(…, ARRAY[2, 3])` as a text, which says how many there are before it is read.
fn write_lengths(arguments: &mut [FunctionArg]) {
    for argument in arguments.iter_mut().skip(1) {
        if let FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) = argument
            && let Expr::Array(array) = value
            && let Some(lengths) = array.elem.iter().map(length).collect::<Option<Vec<_>>>()
        {
            *value = text(&format!("{{{}}}", lengths.join(",")));
        }
    }
}

/// Tells whether an argument is a text literal or NULL.
fn is_open(argument: &FunctionArg) -> bool {
    let FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Value(value))) = argument else {
        return false;
    };
    matches!(
        value.value,
        Value::SingleQuotedString(_) | Value::EscapedStringLiteral(_) | Value::Null
    )
}

fn length(value: &Expr) -> Option<String> {
    match value {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, _) if digits.parse::<i64>().is_ok() => Some(digits.clone()),
            Value::Null => Some("NULL".to_owned()),
            _ => None,
        },
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => Some(format!("-{}", length(expr)?)),
        _ => None,
    }
}

fn text(text: &str) -> Expr {
    Expr::value(Value::SingleQuotedString(text.to_owned()))
}
