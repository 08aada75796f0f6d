//! The types of the columns of UNION, INTERSECT, EXCEPT and WITH RECURSIVE, and of JOIN … USING.

use super::{Operand, coerced, common_type};
use crate::error::DialectError;
use census_types::SqlType;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, JoinConstraint, JoinType, NullEquality, Result};
use datafusion::logical_expr::{
    Distinct, Expr, ExprSchemable, Join, Limit, LogicalPlan, Projection, RecursiveQuery,
    SubqueryAlias, Union,
};
use std::sync::Arc;

/// What parts the name of a WITH query from the number that tells it from others of that name.
const RENAMED: char = '\u{1f}';

/// Gives the columns of set operations one type each, and reads the literals among them in it.
///
/// A plan is looked at before anything else is done with it, and what stands in FROM when it has been planned: what
/// is planned around it asks for its types.
///
/// # Errors
/// 42804 and 42846 for columns that have no type in common, and those of the literals.
pub fn with_set_types(plan: LogicalPlan) -> Result<LogicalPlan> {
    // The columns of every node above a set operation that changes may be of other types then.
    let mut has_changed = false;
    let rewritten = plan.transform_up_with_subqueries(|node| match node {
        LogicalPlan::Union(Union { inputs, schema }) => match union_types(&inputs)? {
            None => Ok(Transformed::no(LogicalPlan::Union(Union { inputs, schema }))),
            Some(types) => {
                has_changed = true;
                let inputs = inputs
                    .into_iter()
                    .map(|input| Ok(Arc::new(converted(input.as_ref().clone(), &types)?)))
                    .collect::<Result<Vec<_>>>()?;
                Ok(Transformed::yes(LogicalPlan::Union(Union::try_new_with_loose_types(inputs)?)))
            }
        },
        LogicalPlan::Join(join) if is_set_operation(&join) => match joined(&join)? {
            None => Ok(Transformed::no(LogicalPlan::Join(join))),
            Some(join) => {
                has_changed = true;
                Ok(Transformed::yes(LogicalPlan::Join(join)))
            }
        },
        LogicalPlan::RecursiveQuery(query) => {
            let query = recursive(query)?;
            Ok(Transformed::yes(LogicalPlan::RecursiveQuery(query)))
        }
        LogicalPlan::Join(join) if join.join_constraint == JoinConstraint::Using => {
            check_using(&join)?;
            Ok(Transformed::no(LogicalPlan::Join(join)))
        }
        other if has_changed => Ok(Transformed::yes(other.recompute_schema()?)),
        other => Ok(Transformed::no(other)),
    })?;
    Ok(rewritten.data)
}

/// Reads the literals of a recursive term in the types of the other term.
///
/// The planner has cast the columns of the recursive term; what it cast must be of a type that PostgreSQL converts.
fn recursive(query: RecursiveQuery) -> Result<RecursiveQuery> {
    let LogicalPlan::Projection(projection) = query.recursive_term.as_ref() else {
        return Ok(query);
    };
    let input = Arc::clone(&projection.input);
    let mut expressions = Vec::with_capacity(projection.expr.len());
    for (place, expr) in projection.expr.iter().enumerate() {
        let Expr::Cast(cast) = expr.clone().unalias() else {
            expressions.push(expr.clone());
            continue;
        };
        let literal = written(&input, place);
        let operand =
            Operand { field: cast.expr.to_field(input.schema())?.1, is_open: literal.is_some() };
        let target = Operand { field: Arc::clone(&cast.field), is_open: false }.sql_type();
        let given = operand.sql_type();
        let fits = operand.is_open
            || operand.data_type().is_null()
            || given == target
            || super::common_type::is_implicit(&given, &target);
        if !fits {
            return Err(DialectError::RecursiveType {
                name: query.name.split(RENAMED).next().unwrap_or_default().to_owned(),
                column: place + 1,
                first: target.name().into_owned(),
                overall: given.name().into_owned(),
            }
            .into());
        }
        let (relation, name) = expr.qualified_name();
        let value = match literal {
            Some(literal) => coerced(literal, &operand, &target)?,
            None => coerced(*cast.expr, &Operand { is_open: false, ..operand }, &target)?,
        };
        expressions.push(value.alias_qualified(relation, name));
    }
    let term = LogicalPlan::Projection(Projection::try_new(expressions, input)?);
    RecursiveQuery::try_new(query.name, query.static_term, Arc::new(term), query.is_distinct)
}

/// Returns the literal that a recursive term gives for a column, below the names that its subquery got.
fn written(plan: &LogicalPlan, place: usize) -> Option<Expr> {
    match plan {
        LogicalPlan::Projection(projection) => {
            let expr = projection.expr.get(place)?;
            if let Some((literal, _)) = literal(expr) {
                return Some(literal.clone());
            }
            let is_renamed = matches!(expr, Expr::Alias(alias) if matches!(
                alias.expr.as_ref(),
                Expr::Column(column) if projection.input.schema().maybe_index_of_column(column) == Some(place)
            ));
            if is_renamed { written(&projection.input, place) } else { None }
        }
        LogicalPlan::Limit(Limit { input, .. })
        | LogicalPlan::SubqueryAlias(SubqueryAlias { input, .. }) => written(input, place),
        _ => None,
    }
}

/// Refuses `JOIN … USING (x)` where the two columns have no type in common.
fn check_using(join: &Join) -> Result<()> {
    for (left, right) in &join.on {
        let operand = |expr: &Expr, side: &LogicalPlan| -> Result<Operand> {
            Ok(Operand { field: expr.to_field(side.schema())?.1, is_open: false })
        };
        common_type("JOIN/USING", &[operand(left, &join.left)?, operand(right, &join.right)?])?;
    }
    Ok(())
}

/// Tells whether a join is what DataFusion's planner makes of INTERSECT and EXCEPT.
fn is_set_operation(join: &Join) -> bool {
    matches!(join.join_type, JoinType::LeftSemi | JoinType::LeftAnti)
        && join.null_equality == NullEquality::NullEqualsNull
        && !join.on.is_empty()
        && join.on.len() == join.left.schema().fields().len()
        && join.on.len() == join.right.schema().fields().len()
}

fn joined(join: &Join) -> Result<Option<Join>> {
    let construct = match join.join_type {
        JoinType::LeftSemi => "INTERSECT",
        _ => "EXCEPT",
    };
    let sides = [Arc::clone(&join.left), Arc::clone(&join.right)];
    let Some(types) = types(construct, &sides, |side, place| {
        // Without ALL the left side is made distinct.
        match side {
            LogicalPlan::Distinct(Distinct::All(input)) => is_open(input, place),
            other => is_open(other, place),
        }
    })?
    else {
        return Ok(None);
    };
    let [left, right] = sides.map(|side| converted(side.as_ref().clone(), &types));
    Ok(Some(Join::try_new(
        Arc::new(left?),
        Arc::new(right?),
        join.on.clone(),
        join.filter.clone(),
        join.join_type,
        join.join_constraint,
        join.null_equality,
        join.null_aware,
    )?))
}

fn union_types(inputs: &[Arc<LogicalPlan>]) -> Result<Option<Vec<SqlType>>, DialectError> {
    types("UNION", inputs, is_open)
}

/// Returns the types of the columns; `None` where each input has them already.
fn types(
    construct: &'static str,
    inputs: &[Arc<LogicalPlan>],
    is_open: impl Fn(&LogicalPlan, usize) -> bool,
) -> Result<Option<Vec<SqlType>>, DialectError> {
    let width = inputs.iter().map(|input| input.schema().fields().len()).min().unwrap_or(0);
    let mut types = Vec::with_capacity(width);
    let mut is_settled = true;
    for place in 0..width {
        let operands: Vec<Operand> = inputs
            .iter()
            .map(|input| Operand {
                field: Arc::clone(&input.schema().fields()[place]),
                is_open: is_open(input, place),
            })
            .collect();
        let common = common_type(construct, &operands)?;
        is_settled &= operands.iter().all(|operand| operand.sql_type() == common);
        types.push(common);
    }
    Ok((!is_settled).then_some(types))
}

/// Tells whether a query gives a literal for a column.
fn is_open(plan: &LogicalPlan, place: usize) -> bool {
    match plan {
        LogicalPlan::Projection(projection) => {
            projection.expr.get(place).is_some_and(|expr| literal(expr).is_some())
        }
        LogicalPlan::Limit(Limit { input, .. })
        | LogicalPlan::SubqueryAlias(SubqueryAlias { input, .. }) => is_open(input, place),
        _ => false,
    }
}

/// Returns an expression without its names if it is a text literal or NULL.
fn literal(expr: &Expr) -> Option<(&Expr, Operand)> {
    let mut inner = expr;
    while let Expr::Alias(alias) = inner {
        inner = &alias.expr;
    }
    let operand = Operand::of(inner, &datafusion::common::DFSchema::empty()).ok()?;
    operand.is_open.then_some((inner, operand))
}

/// Returns a query with its columns in the given types.
fn converted(plan: LogicalPlan, types: &[SqlType]) -> Result<LogicalPlan> {
    match plan {
        LogicalPlan::Distinct(Distinct::All(input)) => {
            let input = converted(input.as_ref().clone(), types)?;
            Ok(LogicalPlan::Distinct(Distinct::All(Arc::new(input))))
        }
        LogicalPlan::Limit(limit) => {
            let input = Arc::new(converted(limit.input.as_ref().clone(), types)?);
            Ok(LogicalPlan::Limit(Limit { input, ..limit }))
        }
        LogicalPlan::SubqueryAlias(SubqueryAlias { input, alias, .. }) => {
            let input = converted(input.as_ref().clone(), types)?;
            Ok(LogicalPlan::SubqueryAlias(SubqueryAlias::try_new(Arc::new(input), alias)?))
        }
        LogicalPlan::Projection(projection) => {
            let schema = Arc::clone(projection.input.schema());
            let expressions = projection.expr.into_iter().zip(types).map(|(expr, target)| {
                let name = expr.qualified_name();
                let (value, operand) = match literal(&expr) {
                    Some((literal, operand)) => (literal.clone(), operand),
                    None => (expr.clone(), Operand::of(&expr, &schema)?),
                };
                if !operand.is_open && operand.sql_type() == *target {
                    return Ok(expr);
                }
                Ok(coerced(value.unalias(), &operand, target)?.alias_qualified(name.0, name.1))
            });
            let expressions = expressions.collect::<Result<Vec<Expr>>>()?;
            Ok(LogicalPlan::Projection(Projection::try_new(expressions, projection.input)?))
        }
        other => {
            let schema = Arc::clone(other.schema());
            let columns = schema.iter().zip(types).map(|((relation, field), target)| {
                let column = Expr::Column(Column::new(relation.cloned(), field.name()));
                let operand = Operand { field: Arc::clone(field), is_open: false };
                if operand.sql_type() == *target {
                    return Ok(column);
                }
                let converted = coerced(column, &operand, target)?;
                Ok(converted.alias_qualified(relation.cloned(), field.name()))
            });
            let columns = columns.collect::<Result<Vec<Expr>>>()?;
            Ok(LogicalPlan::Projection(Projection::try_new(columns, Arc::new(other))?))
        }
    }
}
