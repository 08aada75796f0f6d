//! Which scopes a plan reads: those that its conditions on account and region leave.
//!
//! Only conditions that hold for every row of the answer count, so that a scope which is left out cannot have had a
//! row in it; what is not understood leaves every scope in.

use crate::catalog::Tables;
use census_directory::scope::{Outcome, Scope};
use census_store::CoverageRow;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::logical_expr::utils::split_conjunction;
use datafusion::logical_expr::{BinaryExpr, Expr, LogicalPlan, Operator, TableScan};
use std::collections::{BTreeSet, HashMap, HashSet};

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
    /// Those that nobody has tried to read, though other datasets of their account and region were looked at; sorted.
    pub(crate) untried: BTreeSet<Scope>,
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
        if let LogicalPlan::TableScan(scan) = node {
            let region = tables.is_findings(&scan.table_name).then_some("region");
            for dataset in tables.dataset_ids(&scan.table_name) {
                demands.entry(dataset).or_default().push(Demand::of(scan, region));
            }
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    let untried = untried(&tables.datasets, coverage);
    let mut never_tried = BTreeSet::new();
    for (dataset, scans) in &demands {
        let known = || {
            let scopes = coverage.iter().map(|row| &row.scope).chain(&untried);
            scopes.filter(|scope| scope.dataset == *dataset)
        };
        // A dataset that nobody has tried anywhere is told as such.
        if known().next().is_some() {
            let unmet = scans.iter().flat_map(|demand| demand.unmet(known));
            never_tried.extend(unmet.map(|place| format!("{dataset} in {place}")));
        }
    }
    let is_read = |scope: &Scope| {
        // A dataset without scan was planned away; what it is said of remains.
        let scans = demands.get(scope.dataset.as_str());
        scans.is_none_or(|scans| scans.iter().any(|demand| demand.is_met_by(scope)))
    };
    let coverage = coverage.iter().filter(|row| is_read(&row.scope)).cloned().collect();
    let untried = untried.iter().filter(|scope| is_read(scope)).cloned().collect();
    Ok(ScopesRead { coverage, untried, never_tried })
}

/// Returns the scopes of datasets that have no coverage, in the accounts and regions where anything was looked at; of a
/// dataset that has none at all there are none.
fn untried(datasets: &BTreeSet<String>, coverage: &[CoverageRow]) -> BTreeSet<Scope> {
    let known: HashSet<&Scope> = coverage.iter().map(|row| &row.scope).collect();
    let tried: HashSet<&str> = coverage.iter().map(|row| row.scope.dataset.as_str()).collect();
    let enabled = coverage.iter().filter(|row| row.outcome != Outcome::NotEnabled);
    let places: BTreeSet<(&str, &str)> =
        enabled.map(|row| (row.scope.account_id.as_str(), row.scope.region.as_str())).collect();
    let mut untried = BTreeSet::new();
    for dataset in datasets.iter().filter(|dataset| tried.contains(dataset.as_str())) {
        let scopes = places.iter().map(|(account_id, region)| Scope {
            account_id: (*account_id).to_owned(),
            region: (*region).to_owned(),
            dataset: dataset.clone(),
        });
        untried.extend(scopes.filter(|scope| !known.contains(scope)));
    }
    untried
}

impl Demand {
    /// Returns what a scan demands; `region` is the column that holds the region, where one does.
    fn of(scan: &TableScan, region: Option<&str>) -> Self {
        let mut demand = Self::default();
        for condition in scan.filters.iter().flat_map(split_conjunction) {
            let Some((place, values)) = place_and_values(condition, region) else { continue };
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
    fn unmet<'a, C>(&self, known: impl Fn() -> C) -> Vec<String>
    where
        C: Iterator<Item = &'a Scope>,
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
                if known().any(|scope| place.is_met_by(scope)) {
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

    fn is_met_by(&self, scope: &Scope) -> bool {
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
fn place_and_values(condition: &Expr, region: Option<&str>) -> Option<(Place, BTreeSet<String>)> {
    match condition {
        Expr::BinaryExpr(BinaryExpr { left, op: Operator::Eq, right }) => {
            let (place, value) = match (place(left, region), place(right, region)) {
                (Some(place), None) => (place, text(right)?),
                (None, Some(place)) => (place, text(left)?),
                _ => return None,
            };
            Some((place, BTreeSet::from([value])))
        }
        Expr::BinaryExpr(BinaryExpr { left, op: Operator::Or, right }) => {
            let (place, mut values) = place_and_values(left, region)?;
            let (other, others) = place_and_values(right, region)?;
            values.extend(others);
            (place == other).then_some((place, values))
        }
        Expr::InList(list) if !list.negated => {
            let values = list.list.iter().map(text).collect::<Option<BTreeSet<String>>>()?;
            Some((place(&list.expr, region)?, values))
        }
        _ => None,
    }
}

fn place(expression: &Expr, region: Option<&str>) -> Option<Place> {
    match expression {
        Expr::Column(Column { name, .. }) if name == "account_id" => Some(Place::Account),
        Expr::Column(Column { name, .. }) if region == Some(name) => Some(Place::Region),
        Expr::ScalarFunction(call) if call.func.name() == GET => match call.args.as_slice() {
            [Expr::Column(column), key] if column.name == "tags" => {
                (text(key)? == "region").then_some(Place::Region)
            }
            _ => None,
        },
        Expr::Cast(cast) => place(&cast.expr, region),
        _ => None,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Literal(ScalarValue::Utf8(value) | ScalarValue::Utf8View(value), _) => value.clone(),
        _ => None,
    }
}
