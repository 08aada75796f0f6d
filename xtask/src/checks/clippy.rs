//! The compiler and clippy have nothing to say.

use super::Check;
use crate::tree::Tree;
use anyhow::Result;

/// `cargo clippy` on everything, tests included.
pub const CHECK: Check = Check {
    name: "clippy",
    remedy: "the lints stand in the root Cargo.toml; an exception needs its reason beside it",
    run: lint,
};

fn lint(tree: &Tree) -> Result<Vec<String>> {
    let clean = tree.cargo(
        &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"],
        &[],
    )?;
    Ok(if clean { Vec::new() } else { vec!["cargo clippy reports the faults above".into()] })
}
