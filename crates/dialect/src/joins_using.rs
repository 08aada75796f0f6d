//! `RIGHT` and `FULL JOIN … USING (x)`: the unqualified x is that of the side that has a row.

use datafusion::common::{Column, JoinType, Result, not_impl_err, plan_err};
use datafusion::error::DataFusionError;
use datafusion::functions::expr_fn::coalesce;
use datafusion::logical_expr::planner::RelationPlannerContext;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use datafusion::sql::sqlparser::ast::{
    self, ExcludeSelectItem, Ident, Join, JoinConstraint, JoinOperator, ObjectName, OrderByKind,
    Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, TableAlias, TableFactor,
    TableWithJoins, VisitMut, VisitorMut, WildcardAdditionalOptions,
};
use std::ops::ControlFlow;

/// How the names of relations begin that hold the columns which two sides share.
const PREFIX: &str = "\u{1f}using";

/// Marks such joins, and lets unqualified names mean the columns that their sides share.
///
/// # Errors
/// 0A000 for `NATURAL` joins of these kinds, and for `*` where it cannot be written out.
pub fn resolve(query: &mut Query) -> Result<()> {
    match VisitMut::visit(query, &mut Resolver { next: 1 }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

/// Tells whether a join is one that [`resolve`] has marked.
pub(crate) fn is_marked(factor: &TableFactor) -> bool {
    matches!(
        factor,
        TableFactor::NestedJoin { alias: Some(alias), .. } if alias.name.value.starts_with(PREFIX)
    )
}

struct Resolver {
    next: usize,
}

/// A column that two sides share, and the relation that holds it.
struct Shared {
    name: String,
    relation: Ident,
}

impl VisitorMut for Resolver {
    type Break = Box<DataFusionError>;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<Self::Break> {
        let SetExpr::Select(select) = query.body.as_mut() else {
            return ControlFlow::Continue(());
        };
        let shared = match self.mark(select) {
            Ok(shared) if shared.is_empty() => return ControlFlow::Continue(()),
            Ok(shared) => shared,
            Err(error) => return ControlFlow::Break(Box::new(error)),
        };
        let outputs: Vec<String> = select.projection.iter().filter_map(output_name).collect();
        let has_wildcard =
            select.projection.iter().any(|item| matches!(item, SelectItem::Wildcard(_)));
        if let Some(order_by) = &mut query.order_by
            && let OrderByKind::Expressions(orders) = &mut order_by.kind
        {
            for order in orders {
                // A name alone is that of an output column first.
                let is_output = matches!(
                    &order.expr,
                    ast::Expr::Identifier(name) if has_wildcard || outputs.contains(&normal(name))
                );
                if !is_output {
                    let _ = VisitMut::visit(
                        &mut order.expr,
                        &mut Replacer { shared: &shared, depth: 0 },
                    );
                }
            }
        }
        ControlFlow::Continue(())
    }
}

impl Resolver {
    fn mark(&mut self, select: &mut Select) -> Result<Vec<Shared>> {
        let mut shared = Vec::new();
        let mut has_others = select.from.len() > 1;
        for table in &mut select.from {
            has_others |= self.mark_table(table, &mut shared)?;
        }
        if shared.is_empty() {
            return Ok(shared);
        }
        let mut relations = Vec::new();
        for table in &select.from {
            collect_names(table, &mut relations);
        }
        let mut projection = Vec::new();
        for item in std::mem::take(&mut select.projection) {
            match item {
                SelectItem::Wildcard(_) if has_others => {
                    return not_impl_err!(
                        "* over a RIGHT or FULL JOIN with USING beside other joins"
                    );
                }
                SelectItem::Wildcard(_) => {
                    projection.extend(written_out(&shared, &relations));
                }
                other => projection.push(other),
            }
        }
        select.projection = projection;
        let mut replacer = Replacer { shared: &shared, depth: 0 };
        let _ = VisitMut::visit(&mut select.projection, &mut replacer);
        let _ = VisitMut::visit(&mut select.selection, &mut replacer);
        let _ = VisitMut::visit(&mut select.group_by, &mut replacer);
        let _ = VisitMut::visit(&mut select.having, &mut replacer);
        let _ = VisitMut::visit(&mut select.distinct, &mut replacer);
        Ok(shared)
    }

    /// Marks the joins of one item of FROM; tells whether there are joins without USING among them.
    fn mark_table(&mut self, table: &mut TableWithJoins, shared: &mut Vec<Shared>) -> Result<bool> {
        let is_outer = |join: &Join| {
            matches!(
                join.join_operator,
                JoinOperator::Right(_) | JoinOperator::RightOuter(_) | JoinOperator::FullOuter(_)
            )
        };
        let is_natural = |join: &Join| matches!(constraint(join), Some(JoinConstraint::Natural));
        if table.joins.iter().any(|join| is_outer(join) && is_natural(join)) {
            return not_impl_err!("NATURAL RIGHT or FULL JOIN; USING names the columns");
        }
        if !table.joins.iter().any(|join| is_outer(join) && using(join).is_some()) {
            return Ok(!table.joins.is_empty());
        }
        let mut has_others = false;
        let mut is_marking = false;
        for join in std::mem::take(&mut table.joins) {
            let columns = using(&join);
            is_marking |= is_outer(&join) && columns.is_some();
            has_others |= columns.is_none();
            table.joins.push(join);
            let Some(columns) = columns.filter(|_| is_marking) else { continue };
            let relation = Ident::with_quote('"', format!("{PREFIX}{}", self.next));
            self.next += 1;
            for name in columns {
                match shared.iter_mut().find(|known| known.name == name) {
                    Some(known) => known.relation = relation.clone(),
                    None => shared.push(Shared { name, relation: relation.clone() }),
                }
            }
            let inner = std::mem::replace(table, empty_table());
            table.relation = TableFactor::NestedJoin {
                table_with_joins: Box::new(inner),
                alias: Some(TableAlias {
                    explicit: true,
                    name: relation,
                    columns: Vec::new(),
                    at: None,
                }),
            };
        }
        Ok(has_others)
    }
}

/// Returns the shared columns, and all others of every relation.
fn written_out(shared: &[Shared], relations: &[ObjectName]) -> Vec<SelectItem> {
    let column = |shared: &Shared| {
        let name = Ident::with_quote('"', shared.name.clone());
        SelectItem::UnnamedExpr(ast::Expr::CompoundIdentifier(vec![shared.relation.clone(), name]))
    };
    let mut items: Vec<SelectItem> = shared.iter().map(column).collect();
    let excluded: Vec<ObjectName> = shared
        .iter()
        .map(|shared| ObjectName::from(vec![Ident::with_quote('"', shared.name.clone())]))
        .collect();
    items.extend(relations.iter().map(|relation| {
        SelectItem::QualifiedWildcard(
            SelectItemQualifiedWildcardKind::ObjectName(relation.clone()),
            WildcardAdditionalOptions {
                opt_exclude: Some(ExcludeSelectItem::Multiple(excluded.clone())),
                ..WildcardAdditionalOptions::default()
            },
        )
    }));
    items
}

/// Collects the names of the relations that were joined, in their order.
fn collect_names(table: &TableWithJoins, names: &mut Vec<ObjectName>) {
    let joined = table.joins.iter().map(|join| &join.relation);
    for factor in std::iter::once(&table.relation).chain(joined) {
        match factor {
            TableFactor::NestedJoin { table_with_joins, .. } => {
                collect_names(table_with_joins, names);
            }
            TableFactor::Table { alias: Some(alias), .. }
            | TableFactor::Derived { alias: Some(alias), .. }
            | TableFactor::Function { alias: Some(alias), .. } => {
                names.push(ObjectName::from(vec![alias.name.clone()]));
            }
            TableFactor::Table { name, .. } | TableFactor::Function { name, .. } => {
                names.push(name.clone());
            }
            _ => {}
        }
    }
}

fn empty_table() -> TableWithJoins {
    TableWithJoins {
        relation: TableFactor::Table {
            name: ObjectName(Vec::new()),
            alias: None,
            args: None,
            with_hints: Vec::new(),
            version: None,
            with_ordinality: false,
            partitions: Vec::new(),
            json_path: None,
            sample: None,
            index_hints: Vec::new(),
        },
        joins: Vec::new(),
    }
}

/// Puts the relation of a shared column before its name; subqueries keep their names.
struct Replacer<'a> {
    shared: &'a [Shared],
    depth: usize,
}

impl VisitorMut for Replacer<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, _query: &mut Query) -> ControlFlow<()> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &mut Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut ast::Expr) -> ControlFlow<()> {
        if self.depth == 0
            && let ast::Expr::Identifier(name) = &*expr
            && let Some(shared) = self.shared.iter().find(|shared| shared.name == normal(name))
        {
            *expr = ast::Expr::CompoundIdentifier(vec![shared.relation.clone(), name.clone()]);
        }
        ControlFlow::Continue(())
    }
}

fn output_name(item: &SelectItem) -> Option<String> {
    match item {
        SelectItem::ExprWithAlias { alias, .. } => Some(normal(alias)),
        SelectItem::UnnamedExpr(ast::Expr::Identifier(name)) => Some(normal(name)),
        SelectItem::UnnamedExpr(ast::Expr::CompoundIdentifier(names)) => names.last().map(normal),
        _ => None,
    }
}

fn constraint(join: &Join) -> Option<&JoinConstraint> {
    match &join.join_operator {
        JoinOperator::Join(constraint)
        | JoinOperator::Inner(constraint)
        | JoinOperator::Left(constraint)
        | JoinOperator::LeftOuter(constraint)
        | JoinOperator::Right(constraint)
        | JoinOperator::RightOuter(constraint)
        | JoinOperator::FullOuter(constraint) => Some(constraint),
        _ => None,
    }
}

/// Returns the columns after USING.
fn using(join: &Join) -> Option<Vec<String>> {
    match constraint(join)? {
        JoinConstraint::Using(names) => {
            let name = |name: &ObjectName| Some(normal(name.0.last()?.as_ident()?));
            names.iter().map(name).collect()
        }
        _ => None,
    }
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}

/// Plans a marked join: both sides with all their columns, and those that they share.
pub(crate) fn plan(
    factor: TableFactor,
    context: &mut dyn RelationPlannerContext,
) -> Result<LogicalPlan> {
    let TableFactor::NestedJoin { mut table_with_joins, alias: Some(alias) } = factor else {
        return plan_err!("no marked join");
    };
    let Some(join) = table_with_joins.joins.pop() else {
        return plan_err!("a marked join has no join");
    };
    let (Some(names), Some(join_type)) = (using(&join), join_type(&join)) else {
        return plan_err!("a marked join has no USING");
    };
    let left = if table_with_joins.joins.is_empty() {
        context.plan(table_with_joins.relation)?
    } else {
        context.plan(TableFactor::NestedJoin { table_with_joins, alias: None })?
    };
    let right = context.plan(join.relation)?;
    let mut on = (Vec::new(), Vec::new());
    let mut shared = Vec::new();
    for name in names {
        let (left, right) = (column(&left, &name)?, column(&right, &name)?);
        let value = match join_type {
            JoinType::Right => Expr::Column(right.clone()),
            JoinType::Full => {
                coalesce(vec![Expr::Column(left.clone()), Expr::Column(right.clone())])
            }
            _ => Expr::Column(left.clone()),
        };
        shared.push(value.alias_qualified(Some(alias.name.value.clone()), name));
        on.0.push(left);
        on.1.push(right);
    }
    let joined = LogicalPlanBuilder::from(left).join(right, join_type, on, None)?.build()?;
    shared.extend(joined.schema().columns().into_iter().map(Expr::Column));
    LogicalPlanBuilder::from(joined).project(shared)?.build()
}

fn join_type(join: &Join) -> Option<JoinType> {
    match join.join_operator {
        JoinOperator::Join(_) | JoinOperator::Inner(_) => Some(JoinType::Inner),
        JoinOperator::Left(_) | JoinOperator::LeftOuter(_) => Some(JoinType::Left),
        JoinOperator::Right(_) | JoinOperator::RightOuter(_) => Some(JoinType::Right),
        JoinOperator::FullOuter(_) => Some(JoinType::Full),
        _ => None,
    }
}

/// Returns the column of a side that a name after USING means.
fn column(side: &LogicalPlan, name: &str) -> Result<Column> {
    let named: Vec<Column> =
        side.schema().columns().into_iter().filter(|column| column.name == name).collect();
    let is_shared = |column: &&Column| {
        column.relation.as_ref().is_some_and(|relation| relation.table().starts_with(PREFIX))
    };
    if let Some(shared) = named.iter().find(is_shared) {
        return Ok(shared.clone());
    }
    if let [column] = named.as_slice() {
        return Ok(column.clone());
    }
    // Gives the errors for a name that is missing or stands for several columns.
    let (qualifier, field) = side.schema().qualified_field_with_unqualified_name(name)?;
    Ok(Column::from((qualifier, field)))
}
