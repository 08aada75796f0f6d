//! Implicit and explicit tag references: a name that no table in scope has becomes `tags->'name'`.
//!
//! What a name refers to is decided by DataFusion's planner, which knows the columns of every subquery: this
//! module finds the name that the planner did not, says which relations stand around it, and replaces it.

use datafusion::common::{Column, SchemaError, TableReference};
use datafusion::error::DataFusionError;
use datafusion::sql::planner::object_name_to_table_reference;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, Ident, Query, Select, SelectItem, SetExpr, Spanned, TableFactor,
    TableWithJoins, Value, ValueWithSpan, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use std::ops::ControlFlow;

/// A name in a query that no table in scope has.
#[derive(Debug, Clone)]
pub struct TagReference {
    /// The tag's key.
    pub key: String,
    /// Whether it was written `#key`.
    pub is_explicit: bool,
    /// The relations that it may belong to, in the order of FROM.
    pub relations: Vec<ScopeRelation>,
    /// Where it stands, as the parser counts.
    pub(crate) span: Span,
}

/// A relation in the FROM around a name.
#[derive(Debug, Clone)]
pub struct ScopeRelation {
    /// The relation's own name; `None` for a subquery.
    pub reference: Option<TableReference>,
    /// Whether it has a column `tags`, as far as the planner could tell.
    pub has_tags: bool,
    qualifier: Vec<Ident>,
}

impl TagReference {
    /// Returns the name that the planner did not find, where that is why it failed.
    #[must_use]
    pub fn of_error(error: &DataFusionError, query: &Query) -> Option<Self> {
        let Missing { column: missing, valid, start } = missing_column(error)?;
        let mut search =
            Walk { scopes: Vec::new(), action: Action::Find { missing, start, found: Vec::new() } };
        // Searching changes nothing; one walk serves both searching and replacing.
        let _ = VisitMut::visit(&mut query.clone(), &mut search);
        let Action::Find { mut found, .. } = search.action else {
            return None;
        };
        // Without its place, a name that stands there several times might be another one.
        if found.len() != 1 {
            return None;
        }
        let mut reference = found.pop()?;
        for relation in &mut reference.relations {
            relation.has_tags = relation.qualifier.last().is_some_and(|qualifier| {
                let name = normal(qualifier);
                valid.iter().any(|column| {
                    column.name == "tags"
                        && column.relation.as_ref().is_some_and(|table| table.table() == name)
                })
            });
        }
        Some(reference)
    }

    /// Replaces the name by the tag of a relation; in a select list its name stays what it was.
    pub fn replace(&self, query: &mut Query, relation: &ScopeRelation) {
        let mut tags = relation.qualifier.clone();
        tags.push(Ident::new("tags"));
        let (first, last) = (tags.len() - 1, self.span);
        tags[first].span = last;
        let key = Value::SingleQuotedString(self.key.clone());
        let tag = Expr::Nested(Box::new(Expr::BinaryOp {
            left: Box::new(Expr::CompoundIdentifier(tags)),
            op: BinaryOperator::Arrow,
            right: Box::new(Expr::Value(ValueWithSpan { value: key, span: self.span })),
        }));
        let action = Action::Replace { span: self.span, tag: Box::new(tag) };
        let _ = VisitMut::visit(query, &mut Walk { scopes: Vec::new(), action });
    }
}

/// A column that was not found.
struct Missing<'a> {
    column: &'a Column,
    /// Those that were there to be found.
    valid: &'a [Column],
    /// Line and column of the name, where the planner kept them.
    start: Option<(u64, u64)>,
}

fn missing_column(error: &DataFusionError) -> Option<Missing<'_>> {
    let start = |span: datafusion::common::Span| (span.start.line, span.start.column);
    match error {
        DataFusionError::Context(_, inner) => missing_column(inner),
        DataFusionError::Diagnostic(diagnostic, inner) => {
            let missing = missing_column(inner)?;
            Some(Missing { start: diagnostic.span.map(start).or(missing.start), ..missing })
        }
        DataFusionError::Collection(errors) => missing_column(errors.first()?),
        DataFusionError::Shared(inner) => missing_column(inner),
        DataFusionError::SchemaError(inner, _) => match inner.as_ref() {
            SchemaError::FieldNotFound { field, valid_fields } => Some(Missing {
                column: field,
                valid: valid_fields,
                start: field.spans().first().map(start),
            }),
            _ => None,
        },
        _ => None,
    }
}

/// Walks a query with the relations of the innermost SELECT at hand.
struct Walk<'a> {
    scopes: Vec<Vec<ScopeRelation>>,
    action: Action<'a>,
}

enum Action<'a> {
    Find { missing: &'a Column, start: Option<(u64, u64)>, found: Vec<TagReference> },
    Replace { span: Span, tag: Box<Expr> },
}

impl VisitorMut for Walk<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        // ORDER BY stands outside the SELECT, and sees its relations.
        self.scopes.push(match query.body.as_ref() {
            SetExpr::Select(select) => relations(select),
            _ => Vec::new(),
        });
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &mut Query) -> ControlFlow<()> {
        self.scopes.pop();
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        self.scopes.push(relations(select));
        if let Action::Replace { span, .. } = &self.action {
            for item in &mut select.projection {
                name_item(item, *span);
            }
        }
        ControlFlow::Continue(())
    }

    fn post_visit_select(&mut self, _select: &mut Select) -> ControlFlow<()> {
        self.scopes.pop();
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let place = expr.span();
        let names = match expr {
            Expr::Identifier(name) => std::slice::from_ref(name),
            Expr::CompoundIdentifier(names) => names.as_slice(),
            _ => return ControlFlow::Continue(()),
        };
        match &mut self.action {
            Action::Replace { span, tag } => {
                if place == *span {
                    *expr = tag.as_ref().clone();
                    return ControlFlow::Break(());
                }
            }
            Action::Find { missing, start, found } => {
                if is_meant(names, missing, *start)
                    && let Some((last, qualifier)) = names.split_last()
                {
                    found.push(reference(last, qualifier, place, &self.scopes));
                }
            }
        }
        ControlFlow::Continue(())
    }
}

/// Gives a select item its own name before what it shows is replaced.
fn name_item(item: &mut SelectItem, span: Span) {
    let SelectItem::UnnamedExpr(expr) = item else {
        return;
    };
    let name = match expr {
        Expr::Identifier(name) => Some(&*name),
        Expr::CompoundIdentifier(names) => names.last(),
        _ => None,
    };
    if let Some(alias) = name.map(|name| Ident::with_quote('"', normal(name)))
        && expr.span() == span
    {
        let expr = std::mem::replace(expr, Expr::Identifier(Ident::new("")));
        *item = SelectItem::ExprWithAlias { expr, alias };
    }
}

fn is_meant(names: &[Ident], missing: &Column, start: Option<(u64, u64)>) -> bool {
    let (Some(first), Some(last)) = (names.first(), names.last()) else {
        return false;
    };
    let is_qualified = missing.relation.is_some();
    normal(last) == missing.name
        && (names.len() > 1) == is_qualified
        && start.is_none_or(|(line, column)| {
            (first.span.start.line, first.span.start.column) == (line, column)
        })
}

fn reference(
    name: &Ident,
    qualifier: &[Ident],
    span: Span,
    scopes: &[Vec<ScopeRelation>],
) -> TagReference {
    let written = normal(name);
    let explicit = written.strip_prefix('#').map(str::to_owned);
    // The innermost SELECT that has the relation; an outer one where the subquery refers to it.
    let relations = scopes
        .iter()
        .rev()
        .map(|scope| {
            scope.iter().filter(|relation| is_named(relation, qualifier)).cloned().collect()
        })
        .find(|relations: &Vec<ScopeRelation>| !relations.is_empty())
        .unwrap_or_default();
    TagReference {
        is_explicit: explicit.is_some(),
        key: explicit.unwrap_or(written),
        relations,
        span,
    }
}

/// Tells whether a qualifier, which may leave out the schema, means a relation.
fn is_named(relation: &ScopeRelation, qualifier: &[Ident]) -> bool {
    qualifier.len() <= relation.qualifier.len()
        && qualifier
            .iter()
            .rev()
            .zip(relation.qualifier.iter().rev())
            .all(|(left, right)| normal(left) == normal(right))
}

/// Returns the relations in the FROM of a SELECT.
fn relations(select: &Select) -> Vec<ScopeRelation> {
    let mut relations = Vec::new();
    for table in &select.from {
        collect(table, &mut relations);
    }
    relations
}

fn collect(table: &TableWithJoins, relations: &mut Vec<ScopeRelation>) {
    for factor in
        std::iter::once(&table.relation).chain(table.joins.iter().map(|join| &join.relation))
    {
        match factor {
            TableFactor::Table { name, alias, args: None, .. } => {
                let qualifier = match alias {
                    Some(alias) => vec![alias.name.clone()],
                    None => name.0.iter().filter_map(|part| part.as_ident().cloned()).collect(),
                };
                let reference = object_name_to_table_reference(name.clone(), true).ok();
                relations.push(ScopeRelation { reference, has_tags: false, qualifier });
            }
            TableFactor::Derived { alias: Some(alias), .. } => relations.push(ScopeRelation {
                reference: None,
                has_tags: false,
                qualifier: vec![alias.name.clone()],
            }),
            TableFactor::NestedJoin { table_with_joins, .. } => {
                collect(table_with_joins, relations);
            }
            _ => {}
        }
    }
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
