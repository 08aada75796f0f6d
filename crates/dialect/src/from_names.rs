//! The names of the relations in one FROM, which must differ.

use datafusion::sql::sqlparser::ast::{Ident, Select, TableFactor, TableWithJoins};

/// Returns the first relation of a FROM whose name another one before it has.
pub(crate) fn repeated(select: &Select) -> Option<&Ident> {
    let mut names = Vec::new();
    for table in &select.from {
        collect(table, &mut names);
    }
    names.iter().enumerate().find_map(|(number, (name, is_alias))| {
        let is_same = |(other, other_is_alias): &(&Ident, bool)| {
            normal(other) == normal(name) && (*is_alias || *other_is_alias)
        };
        names[..number].iter().any(is_same).then_some(*name)
    })
}

/// Collects names, each with whether it was given: tables of two schemas may be called alike.
fn collect<'a>(table: &'a TableWithJoins, names: &mut Vec<(&'a Ident, bool)>) {
    let joined = table.joins.iter().map(|join| &join.relation);
    for factor in std::iter::once(&table.relation).chain(joined) {
        match factor {
            TableFactor::Table { alias: Some(alias), .. }
            | TableFactor::Derived { alias: Some(alias), .. }
            | TableFactor::Function { alias: Some(alias), .. }
            | TableFactor::UNNEST { alias: Some(alias), .. }
            | TableFactor::NestedJoin { alias: Some(alias), .. } => names.push((&alias.name, true)),
            TableFactor::Table { name, alias: None, .. } => {
                let last = name.0.last().and_then(|part| part.as_ident());
                names.extend(last.map(|name_part| (name_part, name.0.len() == 1)));
            }
            TableFactor::NestedJoin { table_with_joins, alias: None } => {
                collect(table_with_joins, names);
            }
            _ => {}
        }
    }
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
