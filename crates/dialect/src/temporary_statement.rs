//! CREATE TEMP TABLE, INSERT INTO and DROP TABLE, read from the parsed statement.

use crate::refusal;
use crate::statement::Statement;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{
    self, CastKind, ColumnDef, CreateTable, Expr, Ident, Insert, ObjectName, ObjectType, Parens,
    Query, SelectItem, SetExpr, TableObject, Value, Values,
};

/// Returns what a statement does with a temporary table.
pub(crate) fn read(statement: ast::Statement) -> Result<Statement> {
    match statement {
        ast::Statement::CreateTable(table) => create(table),
        ast::Statement::Insert(insert) => insert_into(insert),
        ast::Statement::Drop { object_type: ObjectType::Table, if_exists, names, .. } => {
            let names = names.iter().map(|name| table_name(name, "DROP TABLE"));
            Ok(Statement::DropTemporary { if_exists, names: names.collect::<Result<_>>()? })
        }
        other => {
            let text = other.to_string();
            let words: Vec<&str> = text.split_whitespace().take(2).collect();
            Err(refusal::read_only(words.join(" ")))
        }
    }
}

fn create(table: CreateTable) -> Result<Statement> {
    if !table.temporary {
        return Err(refusal::read_only("CREATE TABLE"));
    }
    let name = table_name(&table.name, "CREATE TABLE")?;
    if table.or_replace || table.like.is_some() || table.clone.is_some() {
        return Err(unsupported("this form of CREATE TEMP TABLE"));
    }
    let is_plain = |column: &ColumnDef| column.options.is_empty();
    if !table.constraints.is_empty() || !table.columns.iter().all(is_plain) {
        return Err(unsupported("a constraint or default of a temporary table"));
    }
    let query = match (table.query, table.columns.as_slice()) {
        (Some(query), []) => query,
        (Some(_), _) => return Err(unsupported("a list of columns before AS")),
        (None, []) => return Err(unsupported("a table without columns")),
        (None, columns) => Box::new(empty_rows(columns)?),
    };
    Ok(Statement::CreateTemporary { name, if_not_exists: table.if_not_exists, query })
}

/// Returns a query that has these columns and no rows.
fn empty_rows(columns: &[ColumnDef]) -> Result<Query> {
    let items = columns.iter().map(|column| {
        let name = normal(&column.name);
        format!("CAST(NULL AS {}) AS \"{}\"", column.data_type, name.replace('"', "\"\""))
    });
    let items: Vec<String> = items.collect();
    match Statement::parse(&format!("SELECT {} WHERE false", items.join(", ")))? {
        Statement::Query(query) => Ok(*query),
        _ => Err(Error::internal("a list of columns is no query")),
    }
}

fn insert_into(insert: Insert) -> Result<Statement> {
    let TableObject::TableName(name) = &insert.table else {
        return Err(refusal::read_only("INSERT"));
    };
    let table = table_name(name, "INSERT")?;
    if insert.on.is_some()
        || insert.returning.is_some()
        || insert.table_alias.is_some()
        || insert.overwrite
    {
        return Err(unsupported("this form of INSERT"));
    }
    let columns = insert.columns.iter().map(|name| match name.0.as_slice() {
        [part] => part.as_ident().map(normal).ok_or_else(|| unsupported("this form of INSERT")),
        _ => Err(unsupported("this form of INSERT")),
    });
    let columns = columns.collect::<Result<_>>()?;
    let Some(source) = insert.source else {
        return Err(unsupported("INSERT of default values"));
    };
    Ok(Statement::Insert { table, columns, query: source })
}

/// Returns the name of a temporary table, which has no schema or `pg_temp`.
fn table_name(name: &ObjectName, command: &str) -> Result<String> {
    let parts: Option<Vec<String>> =
        name.0.iter().map(|part| part.as_ident().map(normal)).collect();
    match parts.as_deref() {
        Some([name]) => Ok(name.clone()),
        Some([schema, name]) if schema == "pg_temp" => Ok(name.clone()),
        _ => Err(refusal::read_only(command)),
    }
}

/// Gives literals in the rows to insert the types of their columns, as PostgreSQL reads them.
pub fn with_literal_types(query: &mut Query, types: &[ast::DataType]) {
    let read = |place: usize, expr: &mut Expr| {
        let is_open = matches!(expr, Expr::Value(value) if matches!(
            value.value,
            Value::SingleQuotedString(_) | Value::EscapedStringLiteral(_) | Value::Null
        ));
        if is_open && let Some(data_type) = types.get(place) {
            *expr = cast(expr.clone(), data_type.clone());
        }
    };
    match query.body.as_mut() {
        SetExpr::Values(Values { rows, .. }) => {
            for Parens { content, .. } in rows {
                content.iter_mut().enumerate().for_each(|(place, expr)| read(place, expr));
            }
        }
        SetExpr::Select(select) => {
            for (place, item) in select.projection.iter_mut().enumerate() {
                match item {
                    SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                        read(place, expr);
                    }
                    _ => break,
                }
            }
        }
        _ => {}
    }
}

/// Returns a query whose columns are those of another, each cast to a type.
///
/// # Errors
/// XX000 where there is no way to write it, which is a defect.
pub fn cast_columns(query: &Query, types: &[ast::DataType]) -> Result<Query> {
    let names: Vec<String> = (1..=types.len()).map(|place| format!("c{place}")).collect();
    let items: Vec<String> = names
        .iter()
        .zip(types)
        .map(|(name, data_type)| format!("CAST({name} AS {data_type}) AS {name}"))
        .collect();
    let frame =
        format!("SELECT {} FROM (SELECT 1) AS source({})", items.join(", "), names.join(", "));
    let Statement::Query(mut framed) = Statement::parse(&frame)? else {
        return Err(Error::internal("a list of casts is no query"));
    };
    if let SetExpr::Select(select) = framed.body.as_mut()
        && let Some(from) = select.from.first_mut()
        && let ast::TableFactor::Derived { subquery, .. } = &mut from.relation
    {
        **subquery = query.clone();
    }
    Ok(*framed)
}

/// Reads the name of a type.
///
/// # Errors
/// XX000 for what is none: the names come from types that there are.
pub fn parse_type(name: &str) -> Result<ast::DataType> {
    let dialect = datafusion::sql::sqlparser::dialect::PostgreSqlDialect {};
    datafusion::sql::sqlparser::parser::Parser::new(&dialect)
        .try_with_sql(name)
        .and_then(|mut parser| parser.parse_data_type())
        .map_err(Error::internal)
}

/// Returns a cast as the parser makes it.
pub(crate) fn cast(expr: Expr, data_type: ast::DataType) -> Expr {
    Expr::Cast { kind: CastKind::Cast, expr: Box::new(expr), data_type, array: false, format: None }
}

fn unsupported(what: &str) -> Error {
    Error::new(SqlState::FeatureNotSupported, format!("{what} is not supported"))
        .with_hint("There are CREATE TEMP TABLE name (column type, …), CREATE TEMP TABLE name AS SELECT … and INSERT INTO name SELECT … or VALUES ….")
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
