//! No arrow between crates points up, and a heavy driver has one crate: `layers.toml` against cargo.

use super::Check;
use crate::tree::Tree;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// `layers.toml` holds.
pub const CHECK: Check = Check {
    name: "layers",
    remedy: "turn the arrow round or move the code; layers.toml changes only with the design",
    run: broken_layers,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layers {
    crates: BTreeMap<String, Layer>,
    #[serde(default)]
    drivers: BTreeMap<String, Driver>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layer {
    tier: u8,
    uses: BTreeSet<String>,
    #[serde(default)]
    tests_use: BTreeSet<String>,
    /// It holds no code: everybody may use it, and it any driver.
    #[serde(default)]
    is_empty: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Driver {
    used_by: BTreeSet<String>,
    #[serde(default)]
    tested_by: BTreeSet<String>,
}

/// The part of `cargo metadata` that is read.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or null for an ordinary one.
    kind: Option<String>,
}

impl Dependency {
    fn is_for_tests(&self) -> bool {
        self.kind.as_deref() == Some("dev")
    }
}

fn broken_layers(tree: &Tree) -> Result<Vec<String>> {
    let layers = toml::from_str(&tree.read("layers.toml")?).context("layers.toml has a fault")?;
    let arguments = ["metadata", "--format-version", "1", "--no-deps"];
    let metadata = serde_json::from_str(&tree.output("cargo", &arguments)?)?;
    Ok(faults(&layers, &metadata))
}

fn faults(layers: &Layers, metadata: &Metadata) -> Vec<String> {
    let mut faults = arrows_up(layers);
    faults.extend(strangers(layers, metadata));
    for package in &metadata.packages {
        let Some(layer) = layers.crates.get(&package.name) else {
            faults.push(format!("crate \"{}\" is missing from layers.toml", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            faults.extend(arrow_fault(layers, package, layer, dependency));
            if !layer.is_empty {
                faults.extend(driver_fault(layers, package, dependency));
            }
        }
    }
    faults
}

/// Returns the arrows that `layers.toml` itself draws in the wrong direction.
fn arrows_up(layers: &Layers) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, layer) in &layers.crates {
        for used in layer.uses.union(&layer.tests_use) {
            let Some(target) = layers.crates.get(used) else {
                faults.push(format!(
                    "\"{name}\" may use \"{used}\", which layers.toml has no tier for"
                ));
                continue;
            };
            if target.tier > layer.tier {
                faults.push(format!(
                    "arrow up: \"{name}\" (tier {}) may not use \"{used}\" (tier {})",
                    layer.tier, target.tier
                ));
            }
        }
    }
    faults
}

/// Returns the names in `layers.toml` that no crate of the workspace has.
fn strangers(layers: &Layers, metadata: &Metadata) -> Vec<String> {
    let known: BTreeSet<&str> =
        metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let in_drivers =
        layers.drivers.values().flat_map(|driver| driver.used_by.union(&driver.tested_by));
    let named: BTreeSet<&String> = layers.crates.keys().chain(in_drivers).collect();
    let strange = named.into_iter().filter(|name| !known.contains(name.as_str()));
    strange
        .map(|name| format!("layers.toml names \"{name}\", which is no crate of the workspace"))
        .collect()
}

fn arrow_fault(
    layers: &Layers,
    package: &Package,
    layer: &Layer,
    dependency: &Dependency,
) -> Option<String> {
    let (name, used) = (&package.name, &dependency.name);
    let target = layers.crates.get(used)?;
    if target.is_empty
        || layer.uses.contains(used)
        || (dependency.is_for_tests() && layer.tests_use.contains(used))
    {
        return None;
    }
    let tests = if dependency.is_for_tests() { " in its tests" } else { "" };
    Some(if target.tier > layer.tier {
        format!(
            "arrow up: \"{name}\" (tier {}) uses \"{used}\" (tier {}){tests}",
            layer.tier, target.tier
        )
    } else {
        format!("\"{name}\" uses \"{used}\"{tests}, which layers.toml does not allow")
    })
}

fn driver_fault(layers: &Layers, package: &Package, dependency: &Dependency) -> Option<String> {
    let (name, used) = (&package.name, &dependency.name);
    let driver = driver_of(layers, used)?;
    let tested = dependency.is_for_tests() && driver.tested_by.contains(name);
    if driver.used_by.contains(name) || tested {
        return None;
    }
    let owners: Vec<&str> = driver.used_by.iter().map(String::as_str).collect();
    Some(format!("\"{name}\" depends on \"{used}\", which belongs to {}", owners.join(", ")))
}

fn driver_of<'layers>(layers: &'layers Layers, dependency: &str) -> Option<&'layers Driver> {
    if let Some(exact) = layers.drivers.get(dependency) {
        return Some(exact);
    }
    let matches = |pattern: &str| {
        pattern.strip_suffix('*').is_some_and(|prefix| dependency.starts_with(prefix))
    };
    layers.drivers.iter().find(|(pattern, _)| matches(pattern)).map(|(_, driver)| driver)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYERS: &str = r#"
        [crates.low]
        tier = 0
        uses = []
        [crates.middle]
        tier = 1
        uses = ["low"]
        [crates.beside]
        tier = 1
        uses = []
        tests_use = ["middle"]
        [drivers."aws-*"]
        used_by = ["middle"]
        [drivers.aws-sigv4]
        used_by = ["middle", "low"]
        tested_by = ["beside"]
    "#;

    /// Each arrow is crate, dependency, kind.
    fn faults_of(layers: &str, arrows: &[(&str, &str, Option<&str>)]) -> Vec<String> {
        let packages = ["low", "middle", "beside"].map(|name| Package {
            name: name.into(),
            dependencies: arrows
                .iter()
                .filter(|(from, ..)| *from == name)
                .map(|(_, to, kind)| Dependency { name: (*to).into(), kind: kind.map(Into::into) })
                .collect(),
        });
        faults(&toml::from_str(layers).unwrap(), &Metadata { packages: packages.into() })
    }

    #[test]
    fn arrow_down_that_is_stated_is_fine() {
        assert!(faults_of(LAYERS, &[("middle", "low", None)]).is_empty());
    }

    #[test]
    fn arrow_up_names_both_crates() {
        assert_eq!(
            faults_of(LAYERS, &[("low", "middle", None)]),
            ["arrow up: \"low\" (tier 0) uses \"middle\" (tier 1)"]
        );
    }

    #[test]
    fn arrow_up_in_the_file_itself_names_both_crates() {
        let layers = LAYERS.replacen("uses = []", "uses = [\"middle\"]", 1);
        assert_eq!(
            faults_of(&layers, &[("low", "middle", None)]),
            ["arrow up: \"low\" (tier 0) may not use \"middle\" (tier 1)"]
        );
    }

    #[test]
    fn arrow_down_that_is_not_stated_is_a_fault() {
        assert_eq!(
            faults_of(LAYERS, &[("beside", "low", Some("build"))]),
            ["\"beside\" uses \"low\", which layers.toml does not allow"]
        );
    }

    #[test]
    fn arrow_within_a_tier_is_a_fault_unless_it_is_stated() {
        assert!(faults_of(LAYERS, &[("beside", "middle", Some("dev"))]).is_empty());
        assert_eq!(
            faults_of(LAYERS, &[("beside", "middle", None)]),
            ["\"beside\" uses \"middle\", which layers.toml does not allow"]
        );
    }

    #[test]
    fn driver_belongs_to_the_crates_that_are_named() {
        assert!(faults_of(LAYERS, &[("middle", "aws-config", None)]).is_empty());
        assert_eq!(
            faults_of(LAYERS, &[("low", "aws-config", None)]),
            ["\"low\" depends on \"aws-config\", which belongs to middle"]
        );
    }

    #[test]
    fn exact_name_of_a_driver_wins_and_tests_have_their_own_list() {
        assert!(faults_of(LAYERS, &[("low", "aws-sigv4", None)]).is_empty());
        assert!(faults_of(LAYERS, &[("beside", "aws-sigv4", Some("dev"))]).is_empty());
        assert_eq!(faults_of(LAYERS, &[("beside", "aws-sigv4", None)]).len(), 1);
    }

    #[test]
    fn crate_without_code_may_be_used_and_use_any_driver() {
        let layers = LAYERS.replacen("uses = []", "uses = []\nis_empty = true", 1);
        let arrows = [("beside", "low", None), ("low", "aws-config", None)];
        assert!(faults_of(&layers, &arrows).is_empty());
    }

    #[test]
    fn crate_and_file_must_name_the_same_crates() {
        let layers = LAYERS.replace("crates.low", "crates.lower");
        let faults = faults_of(&layers, &[]);
        assert!(faults.contains(&"crate \"low\" is missing from layers.toml".to_owned()));
        assert!(faults.iter().any(|fault| fault.contains("\"lower\", which is no crate")));
    }
}
