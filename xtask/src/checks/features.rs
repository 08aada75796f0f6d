//! Tests need no feature of a dependency that the product lacks, for else DataFusion is built twice.

use super::Check;
use crate::tree::Tree;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// A dependency has the same features with and without tests.
pub const CHECK: Check = Check {
    name: "features",
    remedy: "give the feature to the dependency in the root Cargo.toml, or leave out what asks for it",
    run: features_of_tests_only,
};

/// Features by `name version`; a package that is built for the host too may stand there with several lists.
type Features = BTreeMap<String, BTreeSet<String>>;

fn features_of_tests_only(tree: &Tree) -> Result<Vec<String>> {
    let resolve = |edges| {
        let format = ["--prefix", "none", "--format", "{p} [{f}]"];
        let mut arguments = vec!["tree", "--workspace", "--edges", edges];
        arguments.extend(format);
        tree.output("cargo", &arguments)
    };
    Ok(differences(&parse(&resolve("normal,build")?), &parse(&resolve("normal,build,dev")?)))
}

fn parse(listed: &str) -> Features {
    let mut features = Features::new();
    for line in listed.lines() {
        let Some((package, rest)) = line.split_once(" [") else { continue };
        let Some((list, _)) = rest.split_once(']') else { continue };
        features.entry(package.to_owned()).or_default().insert(list.to_owned());
    }
    features
}

fn differences(product: &Features, tests: &Features) -> Vec<String> {
    let mut faults = Vec::new();
    for (package, lists) in product {
        let with_tests = tests.get(package).unwrap_or(lists);
        if with_tests != lists {
            let [without, with] = [lists, with_tests].map(|lists| {
                let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
                lists.join("] and [")
            });
            faults.push(format!("{package}: features [{without}], but in tests [{with}]"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRODUCT: &str = "a v1.0.0 [std]\nb v2.0.0 []\n\nb v2.0.0 [] (*)\n";

    #[test]
    fn feature_of_tests_only_is_named_with_its_package() {
        let tests = "a v1.0.0 [alloc,std]\nb v2.0.0 []\n";
        assert_eq!(
            differences(&parse(PRODUCT), &parse(tests)),
            ["a v1.0.0: features [std], but in tests [alloc,std]"]
        );
    }

    #[test]
    fn package_of_tests_only_is_fine() {
        let tests = format!("{PRODUCT}c v3.0.0 [default]\n");
        assert!(differences(&parse(PRODUCT), &parse(&tests)).is_empty());
    }
}
