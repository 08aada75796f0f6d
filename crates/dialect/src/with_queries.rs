//! WITH: names that an inner WITH has again, lists of columns, and references to what is written further on.

use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{
    Cte, Ident, ObjectName, Query, SetExpr, SetOperator, Statement, TableAlias, TableFactor,
    VisitMut, VisitorMut, visit_relations,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// The name of the subquery that a recursive term becomes.
const RECURSIVE_TERM: &str = "\u{1f}recursive";

/// What parts the name of a WITH query from the number that tells it from others of that name.
const SEPARATOR: char = '\u{1f}';

/// Gives every WITH query a name of its own, and moves lists of columns to where a subquery has them.
///
/// # Errors
/// 42712 for a name that one WITH has twice, 0A000 for queries that refer to each other.
pub fn resolve(query: &mut Query) -> Result<()> {
    let mut names = Names::default();
    if let ControlFlow::Break(error) = VisitMut::visit(query, &mut names) {
        return Err(*error);
    }
    let repeated = names.counts.into_iter().filter(|(_, count)| *count > 1);
    let mut resolver = Resolver { repeated: repeated.map(|(name, _)| name).collect(), next: 1 };
    match VisitMut::visit(query, &mut resolver) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

/// Counts how often each name is given.
#[derive(Default)]
struct Names {
    counts: HashMap<String, usize>,
}

impl VisitorMut for Names {
    type Break = Box<Error>;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<Self::Break> {
        let mut own = HashSet::new();
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            let name = normal(&cte.alias.name);
            if !own.insert(name.clone()) {
                let message = format!("WITH query name \"{name}\" specified more than once");
                return ControlFlow::Break(Box::new(Error::new(SqlState::DuplicateAlias, message)));
            }
            *self.counts.entry(name).or_default() += 1;
        }
        ControlFlow::Continue(())
    }
}

/// Renames from the innermost query outwards: what then still has a name means the query around.
struct Resolver {
    repeated: HashSet<String>,
    next: usize,
}

impl VisitorMut for Resolver {
    type Break = Box<Error>;

    fn post_visit_query(&mut self, query: &mut Query) -> ControlFlow<Self::Break> {
        let Some(mut with) = query.with.take() else {
            return ControlFlow::Continue(());
        };
        if with.recursive {
            match in_order(std::mem::take(&mut with.cte_tables)) {
                Ok(ordered) => with.cte_tables = ordered,
                Err(error) => return ControlFlow::Break(Box::new(error)),
            }
        }
        for number in (0..with.cte_tables.len()).rev() {
            let (before, after) = with.cte_tables.split_at_mut(number + 1);
            let Some(cte) = before.last_mut() else { continue };
            let name = normal(&cte.alias.name);
            if self.repeated.contains(&name) {
                let unique = format!("{name}{SEPARATOR}{}", self.next);
                self.next += 1;
                let mut renamer = Renamer { name, unique };
                if with.recursive {
                    let _ = VisitMut::visit(&mut cte.query, &mut renamer);
                }
                for later in after {
                    let _ = VisitMut::visit(&mut later.query, &mut renamer);
                }
                let _ = VisitMut::visit(query, &mut renamer);
                cte.alias.name = Ident::with_quote('"', renamer.unique);
            }
            move_columns(cte, with.recursive);
        }
        query.with = Some(with);
        ControlFlow::Continue(())
    }
}

/// Puts queries of WITH RECURSIVE after those that they refer to, which may be written in any order.
fn in_order(queries: Vec<Cte>) -> Result<Vec<Cte>> {
    let names: Vec<String> = queries.iter().map(|cte| normal(&cte.alias.name)).collect();
    let references: Vec<HashSet<usize>> =
        queries.iter().map(|cte| references(&cte.query, &names)).collect();
    let mut waiting: Vec<(usize, Cte)> = queries.into_iter().enumerate().collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    let mut placed: HashSet<usize> = HashSet::new();
    while !waiting.is_empty() {
        let is_ready = |number: usize| {
            references[number].iter().all(|other| *other == number || placed.contains(other))
        };
        let Some(next) = waiting.iter().position(|(number, _)| is_ready(*number)) else {
            let message = "mutual recursion between WITH items is not implemented";
            return Err(Error::new(SqlState::FeatureNotSupported, message));
        };
        let (number, cte) = waiting.remove(next);
        placed.insert(number);
        ordered.push(cte);
    }
    Ok(ordered)
}

/// Returns which of the names a query reads from.
fn references(query: &Query, names: &[String]) -> HashSet<usize> {
    let mut found = HashSet::new();
    let _ = visit_relations(query, |relation| {
        if let [part] = relation.0.as_slice()
            && let Some(name) = part.as_ident().map(normal)
        {
            found.extend(names.iter().position(|known| *known == name));
        }
        ControlFlow::<()>::Continue(())
    });
    found
}

/// Turns `a(x) AS (…)` into `a AS (SELECT * FROM (…) a(x))`, which may name fewer columns than there are.
///
/// Set operations are moved too: the types of their columns are found where they stand in FROM.
fn move_columns(cte: &mut Cte, is_recursive: bool) {
    let (is_set, is_union) = match cte.query.body.as_ref() {
        SetExpr::SetOperation { op, .. } => (true, *op == SetOperator::Union),
        _ => (false, false),
    };
    if is_recursive && is_union {
        set_apart(&mut cte.query.body);
        return;
    }
    if cte.alias.columns.is_empty() && !is_set {
        return;
    }
    let columns = std::mem::take(&mut cte.alias.columns);
    let alias = TableAlias { columns, ..cte.alias.clone() };
    let Some(wrapper) = select_all() else {
        return;
    };
    let subquery = std::mem::replace(&mut cte.query, wrapper);
    if let SetExpr::Select(select) = cte.query.body.as_mut()
        && let Some(table) = select.from.first_mut()
    {
        table.relation =
            TableFactor::Derived { lateral: false, subquery, alias: Some(alias), sample: None };
    }
}

/// Puts the recursive term into a subquery: what the planner then casts in it is what differs from the other term.
fn set_apart(body: &mut SetExpr) {
    let SetExpr::SetOperation { right, .. } = body else { return };
    let Some(mut wrapper) = select_all() else { return };
    let SetExpr::Select(select) = wrapper.body.as_mut() else { return };
    let Some(table) = select.from.first_mut() else { return };
    let Some(mut subquery) = select_all() else { return };
    subquery.body.clone_from(right);
    let alias = TableAlias {
        explicit: true,
        name: Ident::with_quote('"', RECURSIVE_TERM),
        columns: Vec::new(),
        at: None,
    };
    table.relation =
        TableFactor::Derived { lateral: false, subquery, alias: Some(alias), sample: None };
    **right = *wrapper.body;
}

/// Returns `SELECT *` from something.
fn select_all() -> Option<Box<Query>> {
    let mut parsed = Parser::parse_sql(&PostgreSqlDialect {}, "SELECT * FROM something").ok()?;
    match parsed.pop()? {
        Statement::Query(query) => Some(query),
        _ => None,
    }
}

/// Gives the references to a WITH query its new name; they are still called by the old one.
struct Renamer {
    name: String,
    unique: String,
}

impl VisitorMut for Renamer {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
        let TableFactor::Table { name, alias, args: None, .. } = factor else {
            return ControlFlow::Continue(());
        };
        let [part] = name.0.as_slice() else { return ControlFlow::Continue(()) };
        let Some(written) = part.as_ident().filter(|part| normal(part) == self.name).cloned()
        else {
            return ControlFlow::Continue(());
        };
        let unique =
            Ident { value: self.unique.clone(), quote_style: Some('"'), span: written.span };
        *name = ObjectName::from(vec![unique]);
        if alias.is_none() {
            *alias = Some(TableAlias {
                explicit: true,
                name: Ident::with_quote('"', self.name.clone()),
                columns: Vec::new(),
                at: None,
            });
        }
        ControlFlow::Continue(())
    }
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
