//! The least that a census needs to be allowed, as an IAM policy.

use crate::collector::Collector;
use crate::options::{AccountSource, RegionSelection};
use crate::partition::Partition;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl Collector {
    /// Returns the policy document that allows exactly what a census of these options calls.
    ///
    /// Statements whose name begins with `Caller` are needed by whoever starts the census, the others by whoever
    /// reads an account: the same, or the role in it.
    #[must_use]
    pub fn policy(&self) -> Value {
        let mut allowed: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for node in &self.plan.nodes {
            let list = &node.dataset.list;
            let resources = allowed.entry(list.action.as_str()).or_default();
            for region in self.policy_regions() {
                let partition = Partition::of_region(region);
                let part = |variable: &str| {
                    Some(match variable {
                        "partition" => partition.name,
                        "dns_suffix" => partition.dns_suffix,
                        "region" => region,
                        _ => "*",
                    })
                };
                // Every variable has a value here.
                resources.extend(list.resource.render(part).ok());
            }
        }
        let mut statements: Vec<Value> = allowed
            .into_iter()
            .map(|(action, resources)| statement(&sid(action), &[action], &resources))
            .collect();
        if !matches!(self.options.regions, RegionSelection::Configured | RegionSelection::Listed(_))
        {
            let any = BTreeSet::from(["*".to_owned()]);
            statements.push(statement("Regions", &["ec2:DescribeRegions"], &any));
        }
        statements.extend(self.caller_statements());
        json!({ "Version": "2012-10-17", "Statement": statements })
    }

    fn caller_statements(&self) -> Vec<Value> {
        let mut statements = Vec::new();
        let mut roles = BTreeSet::new();
        if let Some(organization) = &self.options.organization {
            let mut actions = vec!["organizations:ListAccounts"];
            if !organization.include.is_empty() || !organization.exclude.is_empty() {
                actions = vec![
                    "organizations:ListAccountsForParent",
                    "organizations:ListOrganizationalUnitsForParent",
                ];
                if organization.include.is_empty() {
                    actions.push("organizations:ListRoots");
                }
            }
            let any = BTreeSet::from(["*".to_owned()]);
            statements.push(statement("CallerListsAccounts", &actions, &any));
            let region = self.policy_regions().first().copied().unwrap_or_default();
            let partition = Partition::of_region(region).name;
            roles.insert(format!("arn:{partition}:iam::*:role/{}", organization.role_name));
        }
        for source in &self.options.accounts {
            if let AccountSource::Role { arn, .. } = source {
                roles.insert(arn.clone());
            }
        }
        if !roles.is_empty() {
            statements.push(statement("CallerAssumesRoles", &["sts:AssumeRole"], &roles));
        }
        statements
    }

    /// Returns the regions that resources name; all where they are not named one by one.
    fn policy_regions(&self) -> Vec<&str> {
        match &self.options.regions {
            RegionSelection::Listed(names) => names.iter().map(String::as_str).collect(),
            RegionSelection::Configured | RegionSelection::All => vec!["*"],
            // IAM has the same star; only which partition it is must be told from before it.
            RegionSelection::Matching(patterns) => patterns.iter().map(String::as_str).collect(),
        }
    }
}

fn statement(sid: &str, actions: &[&str], resources: &BTreeSet<String>) -> Value {
    json!({ "Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources })
}

/// Returns a statement's name, which is letters and digits only: `apigateway:GET` is `ApigatewayGET`.
fn sid(action: &str) -> String {
    let mut sid = String::new();
    for word in action.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        sid.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        sid.push_str(letters.as_str());
    }
    sid
}
