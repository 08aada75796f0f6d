//! The checks: one file each, one line in [`CHECKS`] each.

mod clippy;
mod docs;
mod features;
mod format;
mod layers;
mod names;
mod paths;
mod sizes;

use crate::tree::Tree;
use anyhow::Result;
use clap::builder::PossibleValuesParser;

/// A rule of the house that a machine can check.
struct Check {
    /// What `--only` and the report call it.
    name: &'static str,
    /// What to do where it fails.
    remedy: &'static str,
    /// Returns one line a fault; none means that the rule holds.
    run: fn(&Tree) -> Result<Vec<String>>,
}

/// Cheap checks first: a fault in them is known before the compiler has started.
const CHECKS: &[Check] = &[
    format::CHECK,
    layers::CHECK,
    features::CHECK,
    sizes::CHECK,
    names::CHECK,
    paths::CHECK,
    clippy::CHECK,
    docs::CHECK,
];

/// Returns the parser of the checks' names.
pub fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(CHECKS.iter().map(|check| check.name))
}

/// Runs the named checks, or all where `only` is empty, and returns whether one failed.
///
/// # Errors
/// Fails where a check cannot be run at all.
pub fn run(tree: &Tree, only: &[String]) -> Result<bool> {
    let mut failed = Vec::new();
    for check in CHECKS {
        if !only.is_empty() && !only.iter().any(|name| name == check.name) {
            continue;
        }
        let faults = (check.run)(tree)?;
        if faults.is_empty() {
            eprintln!("ok      {}", check.name);
            continue;
        }
        eprintln!("FAILED  {}", check.name);
        for fault in &faults {
            eprintln!("        {fault}");
        }
        eprintln!("        HINT:  {}", check.remedy);
        failed.push(check.name);
    }
    if !failed.is_empty() {
        eprintln!("failed: {}", failed.join(", "));
    }
    Ok(!failed.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_its_own_name() {
        for (position, check) in CHECKS.iter().enumerate() {
            let others = &CHECKS[position + 1..];
            assert!(others.iter().all(|other| other.name != check.name), "{}", check.name);
        }
    }

    #[test]
    fn every_file_of_a_check_is_listed() {
        let folder = format!("{}/src/checks", std::env::var("CARGO_MANIFEST_DIR").unwrap());
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            let listed = CHECKS.iter().any(|check| check.name == stem);
            assert!(stem == "mod" || listed, "{stem} is not in CHECKS");
        }
    }
}
