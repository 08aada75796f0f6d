//! What clients ask catalogs with, as what it stands for: casts such as `::regclass`, places in arrays by
//! `_pg_expandarray`, and a walk over domains.
//!
//! A `regclass` is the number of a relation; where it is shown or cast to a text it is the relation's name.

use crate::row_functions::call;
use crate::temporary_statement::cast;
use census_types::array_text;
use datafusion::sql::sqlparser::ast::{
    AccessExpr, Array, ArrayElemTypeDef, BinaryOperator, CaseWhen, DataType, Expr, Function,
    FunctionArg, FunctionArgExpr, FunctionArguments, Ident, ObjectName, Query, Select, SelectItem,
    SetExpr, TableFactor, Value, Visit, VisitMut, Visitor, VisitorMut,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// A type whose values are numbers of objects: its name, the function that gives the number of a text or number, and
/// the one that gives the name of a number.
struct Numbered {
    name: &'static str,
    number: &'static str,
    shown: &'static str,
}

const NUMBERED: [Numbered; 5] = [
    Numbered { name: "regclass", number: "__regclass", shown: "__regclass_out" },
    Numbered { name: "regproc", number: "__regproc", shown: "__regproc_out" },
    Numbered { name: "regtype", number: "__regtype", shown: "__regtype_out" },
    Numbered { name: "regnamespace", number: "__regnamespace", shown: "__regnamespace_out" },
    Numbered { name: "regrole", number: "__regrole", shown: "pg_get_userbyid" },
];

/// The function that pairs the items of an array, `x`, with their places, `n`.
const EXPANSION: &str = "_pg_expandarray";

/// The function that `pg_settings` is the rows of.
const ALL_SETTINGS: &str = "pg_show_all_settings";

/// Takes these forms out of a query.
pub(crate) fn rewrite(query: &mut Query) {
    show_names(&mut query.body);
    let mut expanded = Expanded::default();
    let _ = Visit::visit(query, &mut expanded);
    let _ = VisitMut::visit(query, &mut Rewriter { expanded: expanded.0 });
}

/// Returns what a function that stands for a cast to a number of objects casts, and the type as it was written.
pub(crate) fn cast_of(function: &Function) -> Option<(&Expr, &'static str)> {
    let name = function.name.0.last()?.as_ident()?;
    let is_meant = |known: &&Numbered| {
        name.value == known.number || (name.value == known.shown && known.shown.starts_with("__"))
    };
    let cast = NUMBERED.iter().find(is_meant)?;
    let FunctionArguments::List(list) = &function.args else { return None };
    match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(inner))] => Some((inner, cast.name)),
        _ => None,
    }
}

/// Has what a query gives as its rows be texts where they are numbers of objects.
fn show_names(body: &mut SetExpr) {
    match body {
        SetExpr::Select(select) => {
            for item in &mut select.projection {
                if let SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } = item
                    && matches!(expr, Expr::Cast { data_type, .. } if numbered(data_type).is_some())
                {
                    let value = std::mem::replace(expr, Expr::Identifier(Ident::new("")));
                    *expr = cast(value, DataType::Text);
                }
            }
        }
        SetExpr::SetOperation { left, right, .. } => {
            show_names(left);
            show_names(right);
        }
        SetExpr::Query(query) => show_names(&mut query.body),
        _ => {}
    }
}

/// Finds the names under which queries give arrays paired with places.
#[derive(Default)]
struct Expanded(BTreeSet<String>);

impl Visitor for Expanded {
    type Break = ();

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        self.0.extend(expanded_columns(select));
        ControlFlow::Continue(())
    }
}

struct Rewriter {
    /// The names of columns that hold the items of arrays which the function pairs with their places.
    expanded: BTreeSet<String>,
}

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, args: args @ Some(_), .. } = factor
            && last_part(name) == ALL_SETTINGS
        {
            *name = ObjectName::from(vec![Ident::new("pg_catalog"), Ident::new("pg_settings")]);
            *args = None;
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        match expr {
            Expr::Case { conditions, .. } => {
                for CaseWhen { condition, result } in conditions {
                    if is_domain(condition)
                        && matches!(result, Expr::Subquery(query) if query.with.is_some())
                    {
                        *result = cast(Expr::value(Value::Null), DataType::BigInt(None));
                    }
                }
            }
            Expr::CompoundFieldAccess { root, access_chain } => {
                if let [AccessExpr::Dot(Expr::Identifier(part))] = access_chain.as_slice()
                    && let Some(value) = self.part_of_expanded(root, &part.value)
                {
                    *expr = value;
                }
            }
            Expr::Function(_) => {
                if let Some(array) = expanded_array(expr) {
                    *expr = call("unnest", vec![array]);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let Expr::Cast { expr: value, data_type, .. } = expr else {
            return ControlFlow::Continue(());
        };
        let taken = |value: &mut Expr| std::mem::replace(value, Expr::Identifier(Ident::new("")));
        if let Some(Numbered { number, .. }) = numbered(data_type) {
            *expr = match (&*data_type, literal(value).and_then(|text| items(text, number))) {
                (DataType::Array(_), Some(items)) => items,
                _ => call(number, vec![taken(value)]),
            };
        } else if let Some(function) = shown_by(value, data_type) {
            *expr = call(function, vec![taken(value)]);
        } else if is_letter(value, data_type) {
            *expr = taken(value);
        }
        ControlFlow::Continue(())
    }
}

impl Rewriter {
    /// Returns what a part of an item paired with its place is: `(_pg_expandarray(a)).n`, `(keys).x`.
    fn part_of_expanded(&self, root: &Expr, part: &str) -> Option<Expr> {
        let Expr::Nested(root) = root else { return None };
        let is_item = match part {
            "x" => true,
            "n" => false,
            _ => return None,
        };
        if let Some(array) = expanded_array(root) {
            return Some(if is_item {
                call("unnest", vec![array])
            } else {
                call("generate_subscripts", vec![call("trim_array", vec![array, zero()]), one()])
            });
        }
        let column = match root.as_ref() {
            Expr::Identifier(name) => name,
            Expr::CompoundIdentifier(names) => names.last()?,
            _ => return None,
        };
        // A column holds the items alone.
        let is_expanded = is_item && self.expanded.contains(&column.value.to_lowercase());
        is_expanded.then(|| root.as_ref().clone())
    }
}

fn zero() -> Expr {
    Expr::value(Value::Number("0".to_owned(), false))
}

fn one() -> Expr {
    Expr::value(Value::Number("1".to_owned(), false))
}

/// Returns the names under which a query gives arrays paired with places.
fn expanded_columns(select: &Select) -> impl Iterator<Item = String> {
    select.projection.iter().filter_map(|item| match item {
        SelectItem::ExprWithAlias { expr, alias } => {
            expanded_array(expr).map(|_| alias.value.to_lowercase())
        }
        _ => None,
    })
}

/// Returns the array of a call that pairs items with places.
fn expanded_array(expr: &Expr) -> Option<Expr> {
    let Expr::Function(function) = expr else { return None };
    let [schema, name] = function.name.0.as_slice() else { return None };
    let is_named = |part: &datafusion::sql::sqlparser::ast::ObjectNamePart, expected: &str| {
        part.as_ident().is_some_and(|ident| ident.value.eq_ignore_ascii_case(expected))
    };
    if !is_named(schema, "information_schema") || !is_named(name, EXPANSION) {
        return None;
    }
    match &function.args {
        FunctionArguments::List(list) => match list.args.as_slice() {
            [FunctionArg::Unnamed(FunctionArgExpr::Expr(array))] => Some(array.clone()),
            _ => None,
        },
        _ => None,
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

/// Returns the type of numbers of objects that a cast leads to, also to an array of them.
fn numbered(data_type: &DataType) -> Option<&'static Numbered> {
    let named = |name: &str| NUMBERED.iter().find(|known| known.name == name);
    match data_type {
        DataType::Regclass => named("regclass"),
        DataType::Custom(name, _) => named(&last_part(name)),
        DataType::Array(
            ArrayElemTypeDef::SquareBracket(item, _) | ArrayElemTypeDef::AngleBracket(item),
        ) => numbered(item),
        _ => None,
    }
}

/// Returns the text of a literal.
fn literal(value: &Expr) -> Option<&str> {
    match value {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the numbers of the objects that an array names which is written as a text; `None` for one that is no list.
fn items(text: &str, number: &str) -> Option<Expr> {
    let array = array_text::parse(text).ok().filter(|array| array.dimensions.len() <= 1)?;
    let item = |name: Option<String>| match name {
        Some(name) => call(number, vec![Expr::value(Value::SingleQuotedString(name))]),
        None => Expr::value(Value::Null),
    };
    let elem = array.items.into_iter().map(item).collect();
    let item_type = ArrayElemTypeDef::SquareBracket(Box::new(DataType::BigInt(None)), None);
    let listed = Expr::Array(Array { elem, named: true });
    Some(cast(listed, DataType::Array(item_type)))
}

/// Returns a name in lower case without the schema of what PostgreSQL brings along.
fn last_part(name: &ObjectName) -> String {
    let name = name.to_string().to_lowercase();
    name.strip_prefix("pg_catalog.").map(str::to_owned).unwrap_or(name)
}

/// Returns the function that shows the numbers of objects within a cast to a text, or to an array of them.
fn shown_by(value: &Expr, data_type: &DataType) -> Option<&'static str> {
    let name = data_type.to_string().to_lowercase();
    let name = name.strip_prefix("pg_catalog.").unwrap_or(&name);
    if !matches!(name.trim_end_matches("[]"), "text" | "varchar" | "name") {
        return None;
    }
    let numbers: Vec<&str> = numbers_in(value);
    let first = NUMBERED.iter().find(|known| numbers.first() == Some(&known.number))?;
    numbers.iter().all(|number| *number == first.number).then_some(first.shown)
}

/// Returns the functions that give the value, where these are numbers of objects in every case.
fn numbers_in(value: &Expr) -> Vec<&str> {
    match value {
        Expr::Nested(value) => numbers_in(value),
        Expr::Function(function) => {
            let name = function.name.0.last().and_then(|part| part.as_ident());
            let Some(name) = name.map(|name| name.value.as_str()) else { return vec![""] };
            match &function.args {
                FunctionArguments::List(list) if name.eq_ignore_ascii_case("coalesce") => list
                    .args
                    .iter()
                    .flat_map(|argument| match argument {
                        FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => numbers_in(value),
                        _ => vec![""],
                    })
                    .collect(),
                _ => vec![name],
            }
        }
        _ => vec![""],
    }
}

/// Tells whether a cast is one of a letter to `char`, which is a text of one: the kinds in catalogs are written so.
fn is_letter(value: &Expr, data_type: &DataType) -> bool {
    matches!(data_type, DataType::Char(None) | DataType::Character(None))
        && matches!(value, Expr::Value(literal) if matches!(
            &literal.value,
            Value::SingleQuotedString(text) if text.chars().count() == 1 && !text.starts_with(' ')
        ))
}
