//! Which scopes a plan reads: those that its conditions on account and region leave.
//!
//! Only conditions that hold for every row of the answer count, so that a scope which is left out cannot have had a
//! row in it; what is not understood leaves every scope in.

use crate::catalog::Tables;
use census_store::CoverageRow;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::logical_expr::utils::split_conjunction;
use datafusion::logical_expr::{BinaryExpr, Expr, LogicalPlan, Operator, TableScan};
use std::collections::{BTreeSet, HashMap};

/// The function behind `tags->'region'`.
const GET: &str = "__hstore_get";

/// What a scan demands of the place of a row.
#[derive(Debug, Default)]
struct Demand {
    accounts: Option<BTreeSet<String>>,
    regions: Option<BTreeSet<String>>,
}

/// The scopes that a plan reads.
#[derive(Debug, Default)]
pub(crate) struct ScopesRead {
    /// What is known of them.
    pub(crate) coverage: Vec<CoverageRow>,
    /// What the plan asks for by name and nobody has tried to read, for example
    /// `aws.apigatewayv2_api in region xx-east-1`; sorted.
    pub(crate) never_tried: BTreeSet<String>,
}

/// Returns the scopes that a plan over these tables reads.
///
/// # Errors
/// None but faults of walking the plan.
pub(crate) fn read_by(
    plan: &LogicalPlan,
    tables: &Tables,
    coverage: &[CoverageRow],
) -> Result<ScopesRead> {
    let mut demands: HashMap<&str, Vec<Demand>> = HashMap::new();
    plan.apply_with_subqueries(|node| {
        if let LogicalPlan::TableScan(scan) = node
            && let Some(dataset) = tables.dataset_id(&scan.table_name)
        {
            demands.entry(dataset).or_default().push(Demand::of(scan));
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    let mut never_tried = BTreeSet::new();
    for (dataset, scans) in &demands {
        let of_dataset = || coverage.iter().filter(|row| row.scope.dataset == *dataset);
        // A dataset that nobody has tried anywhere is told as such.
        if of_dataset().next().is_some() {
            let unmet = scans.iter().flat_map(|demand| demand.unmet(of_dataset));
            never_tried.extend(unmet.map(|place| format!("{dataset} in {place}")));
        }
    }
    let is_read = |row: &CoverageRow| {
        // A dataset without scan was planned away; what it is said of remains.
        let scans = demands.get(row.scope.dataset.as_str());
        scans.is_none_or(|scans| scans.iter().any(|demand| demand.is_met_by(row)))
    };
    let coverage = coverage.iter().filter(|row| is_read(row)).cloned().collect();
    Ok(ScopesRead { coverage, never_tried })
}

impl Demand {
    fn of(scan: &TableScan) -> Self {
        let mut demand = Self::default();
        for condition in scan.filters.iter().flat_map(split_conjunction) {
            let Some((place, values)) = place_and_values(condition) else { continue };
            let known = match place {
                Place::Account => &mut demand.accounts,
                Place::Region => &mut demand.regions,
            };
            *known = Some(match known.take() {
                Some(known) => known.intersection(&values).cloned().collect(),
                None => values,
            });
        }
        demand
    }

    /// Returns the places that are asked for by name and have no coverage.
    fn unmet<'a, C>(&self, coverage: impl Fn() -> C) -> Vec<String>
    where
        C: Iterator<Item = &'a CoverageRow>,
    {
        let named = |values: &Option<BTreeSet<String>>| match values {
            Some(values) => values.iter().map(|value| Some(value.clone())).collect(),
            None => vec![None],
        };
        let mut unmet = Vec::new();
        for account in named(&self.accounts) {
            for region in named(&self.regions) {
                let single =
                    |value: &Option<String>| value.clone().map(|value| BTreeSet::from([value]));
                let place = Self { accounts: single(&account), regions: single(&region) };
                if coverage().any(|row| place.is_met_by(row)) {
                    continue;
                }
                unmet.push(match (&account, &region) {
                    (Some(account), Some(region)) => {
                        format!("account {account} and region {region}")
                    }
                    (Some(account), None) => format!("account {account}"),
                    (None, Some(region)) => format!("region {region}"),
                    // Without a demand every row meets it, and there is one.
                    (None, None) => continue,
                });
            }
        }
        unmet
    }

    fn is_met_by(&self, row: &CoverageRow) -> bool {
        let scope = &row.scope;
        let accounts = self.accounts.as_ref();
        let regions = self.regions.as_ref();
        // The tag of a row whose resource has a tag of that name itself holds both values, joined by a comma.
        let may_be = |tag: &String| tag.split(',').any(|region| region == scope.region);
        accounts.is_none_or(|accounts| accounts.contains(&scope.account_id))
            && regions.is_none_or(|tags| tags.iter().any(may_be))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Account,
    Region,
}

/// Returns what a condition says of account or region: that it is one of these values.
fn place_and_values(condition: &Expr) -> Option<(Place, BTreeSet<String>)> {
    match condition {
        Expr::BinaryExpr(BinaryExpr { left, op: Operator::Eq, right }) => {
            let (place, value) = match (place(left), place(right)) {
                (Some(place), None) => (place, text(right)?),
                (None, Some(place)) => (place, text(left)?),
                _ => return None,
            };
            Some((place, BTreeSet::from([value])))
        }
        Expr::BinaryExpr(BinaryExpr { left, op: Operator::Or, right }) => {
            let (place, mut values) = place_and_values(left)?;
            let (other, others) = place_and_values(right)?;
            values.extend(others);
            (place == other).then_some((place, values))
        }
        Expr::InList(list) if !list.negated => {
            let values = list.list.iter().map(text).collect::<Option<BTreeSet<String>>>()?;
            Some((place(&list.expr)?, values))
        }
        _ => None,
    }
}

fn place(expression: &Expr) -> Option<Place> {
    match expression {
        Expr::Column(Column { name, .. }) if name == "account_id" => Some(Place::Account),
        Expr::ScalarFunction(call) if call.func.name() == GET => match call.args.as_slice() {
            [Expr::Column(column), key] if column.name == "tags" => {
                (text(key)? == "region").then_some(Place::Region)
            }
            _ => None,
        },
        Expr::Cast(cast) => place(&cast.expr),
        _ => None,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Literal(ScalarValue::Utf8(value) | ScalarValue::Utf8View(value), _) => value.clone(),
        _ => None,
    }
}
