//! Any sequence of inventories and outcomes leaves exactly the versions that a simple model predicts.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::scope::Outcome;
use census_store::Store;
use inventory::{ACCOUNT, Version, collect_in, present, scope_of, versions};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Regions hold rows with the same keys, and are listed in turns.
const REGIONS: [&str; 2] = ["eu-west-1", "us-east-1"];

type Inventory = BTreeMap<u8, u8>;

fn census() -> impl Strategy<Value = (usize, Inventory, Outcome)> {
    let outcome = prop_oneof![4 => Just(Outcome::Complete), 1 => Just(Outcome::Denied), 1 => Just(Outcome::Failed)];
    (0..REGIONS.len(), proptest::collection::btree_map(0..6_u8, 0..3_u8, 0..6), outcome)
}

/// Applies one complete inventory to a list of versions.
fn apply(model: &mut Vec<Version>, inventory: &[(String, String)], seconds: i64) {
    let mut open: Vec<(String, String)> = inventory.to_vec();
    for (key, content, _, to) in model.iter_mut().filter(|version| version.3.is_none()) {
        match open.iter().position(|row| row == &(key.clone(), content.clone())) {
            Some(position) => drop(open.remove(position)),
            None => *to = Some(seconds),
        }
    }
    model.extend(open.into_iter().map(|(key, content)| (key, content, seconds, None)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn versions_are_those_of_the_model(censuses in proptest::collection::vec(census(), 1..7)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let store = Store::open_or_create("memory:").await.unwrap();
            let mut models: [Vec<Version>; 2] = Default::default();
            for (round, (region, inventory, outcome)) in (1_i64..).zip(&censuses) {
                let items: Vec<_> = inventory.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
                let scope = scope_of(ACCOUNT, REGIONS[*region]);
                collect_in(&store, &scope, &items, *outcome, round * 10).await;
                if *outcome == Outcome::Complete {
                    apply(&mut models[*region], &items, round * 10);
                }
                let mut model = models.concat();
                model.sort();
                assert_eq!(versions(&store).await, model);
                let shown: Vec<_> = model.iter().filter(|row| row.3.is_none()).map(|row| (row.0.clone(), row.1.clone())).collect();
                assert_eq!(present(&store).await, shown);
            }
        });
    }
}
