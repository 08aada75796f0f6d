//! Any sequence of inventories and faults leaves exactly the rows that the rule allows.

use crate::rule::{List, Reading, Rows, left, lists};
use crate::small::everything;
use crate::taken::{found, options, rows, sandbox, take};
use census_sandbox::{Effect, FaultRule, Inventory};
use census_store::Store;
use proptest::prelude::*;

/// Operations at every depth, on both branches of the tree.
const OPERATIONS: [&str; 6] = [
    "GetApis",
    "GetIntegrations",
    "GetIntegrationResponses",
    "GetRouteResponses",
    "GetDomainNames",
    "ListRoutingRules",
];

/// A census: which ids there are and what they hold, which rows are then missing, and what fails.
#[derive(Debug, Clone)]
struct Round {
    names: [&'static str; 3],
    content: &'static str,
    missing: Vec<(usize, usize)>,
    faults: Vec<Fault>,
}

#[derive(Debug, Clone)]
struct Fault {
    operation: &'static str,
    parent: Option<&'static str>,
    page: u32,
}

fn round() -> impl Strategy<Value = Round> {
    let names = prop_oneof![
        Just(["a", "b", "c"]),
        Just(["b", "c", "d"]),
        Just(["a", "c", "e"]),
        Just(["c", "b", "a"]),
    ];
    let content = prop_oneof![Just("old"), Just("new")];
    let missing = proptest::collection::vec((0..3_usize, 0..3_usize), 0..4);
    let parent = proptest::option::of(prop_oneof![Just("a"), Just("b"), Just("c")]);
    let operation = proptest::sample::select(&OPERATIONS[..]);
    let fault = (operation, parent, 1..3_u32).prop_map(|(operation, parent, page)| Fault {
        operation,
        parent,
        page,
    });
    let faults = proptest::collection::vec(fault, 0..4);
    (names, content, missing, faults).prop_map(|(names, content, missing, faults)| Round {
        names,
        content,
        missing,
        faults,
    })
}

impl Round {
    fn inventory(&self) -> Inventory {
        let mut inventory = everything(self.names, self.content);
        let region = inventory.region_mut("111122223333", "us-east-1");
        for (api, child) in &self.missing {
            let api = &mut region.apis[*api];
            if *child < api.integrations.len() {
                api.integrations.remove(*child);
            }
            if *child < api.routes.len() {
                api.routes[*child].responses.pop();
            }
        }
        if let Some((domain, _)) = self.missing.first() {
            region.domain_names.remove(*domain);
        }
        inventory
    }

    fn rules(&self) -> Vec<FaultRule> {
        let rule = |fault: &Fault| {
            let rule = FaultRule::new(Effect::Denied).operation(fault.operation).page(fault.page);
            match fault.parent {
                Some(parent) => rule.parent(parent),
                None => rule,
            }
        };
        self.faults.iter().map(rule).collect()
    }

    /// Returns how a list ends: with the earliest of its pages that a fault befalls.
    fn reading(&self, list: &List) -> Reading {
        let befalls = |fault: &&Fault| {
            fault.operation == list.operation
                && fault.parent.is_none_or(|id| list.parents.iter().any(|parent| parent == id))
                && (fault.page == 1 || list.pages() > 1)
        };
        let earliest = self.faults.iter().filter(befalls).map(|fault| fault.page).min();
        match earliest {
            Some(page) => Reading::Failed { pages: usize::try_from(page - 1).unwrap() },
            None => Reading::Whole,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn rows_are_those_that_the_rule_allows(rounds in proptest::collection::vec(round(), 1..6)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let sandbox = sandbox(Inventory::default()).await;
            let store = Store::open_or_create("memory:").await.unwrap();
            let mut known = Rows::new();
            for round in &rounds {
                let inventory = round.inventory();
                let fresh = found(&inventory).await;
                sandbox.change(|held| *held = inventory.clone());
                sandbox.set_faults(round.rules());
                take(&store, options(&sandbox)).await;
                known = left(&lists(&inventory), &known, &fresh, &|list| round.reading(list));
                assert_eq!(rows(&store).await, known);
            }
        });
    }
}
