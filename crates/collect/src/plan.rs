//! What is listed, in which order, for whose sake.

use crate::lineage::Lineage;
use census_directory::{Dataset, Directory};
use std::sync::Arc;

/// The datasets to list, parents before children.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Parents come before children.
    pub(crate) nodes: Vec<Node>,
}

/// A dataset to list.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its definition.
    pub(crate) dataset: Arc<Dataset>,
    /// Whether its rows are wanted, or it is listed only for its descendants' sake.
    pub(crate) requested: bool,
    /// The node it is listed under.
    pub(crate) parent: Option<usize>,
    /// The nodes listed under it.
    pub(crate) children: Vec<usize>,
}

impl Plan {
    /// Plans the listing of these datasets, or of all if none is named.
    ///
    /// # Errors
    /// A name that the directory does not know.
    pub(crate) fn new(directory: &Directory, names: &[String]) -> census_error::Result<Self> {
        let mut ids: Vec<&str> = Vec::new();
        for name in names {
            ids.push(&directory.dataset(name)?.id);
        }
        if names.is_empty() {
            ids.extend(directory.datasets().map(|dataset| dataset.id.as_str()));
        }
        let mut nodes: Vec<Node> = Vec::new();
        for dataset in directory.closure(&ids)? {
            let parent_id = dataset.parent.as_ref().map(|parent| parent.dataset.as_str());
            let parent = nodes.iter().position(|node| Some(node.dataset.id.as_str()) == parent_id);
            if let Some(parent) = parent {
                let child = nodes.len();
                nodes[parent].children.push(child);
            }
            let requested = ids.contains(&dataset.id.as_str());
            nodes.push(Node {
                dataset: Arc::new(dataset.clone()),
                requested,
                parent,
                children: Vec::new(),
            });
        }
        Ok(Self { nodes })
    }

    /// Returns the nodes whose rows are wanted.
    pub(crate) fn requested(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.requested)
    }

    /// Tells whether listing a node under a row can give anything that is wanted.
    ///
    /// A row may be skipped by the node itself or, where the node is listed only for its descendants'
    /// sake, by all of these. `wanted` says of each node whether its rows are.
    pub(crate) fn is_worth_listing(&self, index: usize, above: &Lineage, wanted: &[bool]) -> bool {
        let node = &self.nodes[index];
        let skip = node.dataset.parent.iter().flat_map(|parent| &parent.skip);
        for (variable, values) in skip {
            let value = above.variable(variable);
            if values.iter().any(|skipped| Some(skipped.as_str()) == value) {
                return false;
            }
        }
        wanted[index]
            || node.children.iter().any(|child| self.is_worth_listing(*child, above, wanted))
    }

    /// Returns a node and all that is listed below it.
    pub(crate) fn branch(&self, index: usize) -> Vec<usize> {
        let mut branch = vec![index];
        let mut next = 0;
        while let Some(node) = branch.get(next).copied() {
            branch.extend(&self.nodes[node].children);
            next += 1;
        }
        branch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::{Item, Place};
    use serde_json::json;

    fn below_api(plan: &Plan, protocol: &str) -> Arc<Lineage> {
        let root = Lineage::root(Arc::new(Place::new("111122223333", "eu-west-1")));
        let mut item = Item::new();
        item.insert("apiId".to_owned(), json!("a1"));
        item.insert("protocolType".to_owned(), json!(protocol));
        Lineage::below(&root, &plan.nodes[0].dataset, &item)
    }

    fn requests(plan: &Plan) -> Vec<bool> {
        plan.nodes.iter().map(|node| node.requested).collect()
    }

    fn plan(name: &str) -> Plan {
        Plan::new(Directory::builtin(), &[format!("aws.apigatewayv2_{name}")]).unwrap()
    }

    #[test]
    fn parents_are_planned_before_children_and_not_requested() {
        let plan = plan("integrationresponse");
        let told: Vec<_> =
            plan.nodes.iter().map(|node| (node.dataset.table_name(), node.requested)).collect();
        assert_eq!(
            told,
            [
                ("apigatewayv2_api", false),
                ("apigatewayv2_integration", false),
                ("apigatewayv2_integrationresponse", true)
            ]
        );
    }

    #[test]
    fn a_parent_is_not_listed_where_all_that_is_wanted_below_is_skipped() {
        let plan = plan("integrationresponse");
        assert!(!plan.is_worth_listing(1, &below_api(&plan, "HTTP"), &requests(&plan)));
        assert!(plan.is_worth_listing(1, &below_api(&plan, "WEBSOCKET"), &requests(&plan)));
        assert!(plan.is_worth_listing(1, &below_api(&plan, "UNHEARD_OF"), &requests(&plan)));
    }

    #[test]
    fn a_parent_that_is_wanted_itself_is_listed_everywhere() {
        let plan = plan("integration");
        assert!(plan.is_worth_listing(1, &below_api(&plan, "HTTP"), &requests(&plan)));
    }

    #[test]
    fn an_unknown_dataset_is_an_error() {
        let error =
            Plan::new(Directory::builtin(), &["aws.apigatewayv2_apis".to_owned()]).unwrap_err();
        assert_eq!(error.sqlstate().code(), "42P01");
    }
}
