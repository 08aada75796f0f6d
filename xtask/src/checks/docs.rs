//! The documentation builds, and its links lead somewhere.

use super::Check;
use crate::tree::Tree;
use anyhow::Result;

/// `cargo doc` with warnings as errors.
pub const CHECK: Check = Check {
    name: "docs",
    remedy: "a public item needs its sentence; a link in brackets needs something to lead to",
    run: document,
};

fn document(tree: &Tree) -> Result<Vec<String>> {
    let built = tree.cargo(
        &["doc", "--quiet", "--no-deps", "--workspace"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    )?;
    Ok(if built { Vec::new() } else { vec!["cargo doc reports the faults above".into()] })
}
