//! Code looks as rustfmt makes it look.

use super::Check;
use crate::tree::Tree;
use anyhow::Result;

/// `cargo fmt --all --check`.
pub const CHECK: Check =
    Check { name: "format", remedy: "cargo fmt --all", run: unformatted_files };

fn unformatted_files(tree: &Tree) -> Result<Vec<String>> {
    let formatted = tree.cargo(&["fmt", "--all", "--check"], &[])?;
    Ok(if formatted { Vec::new() } else { vec!["rustfmt would change the files above".into()] })
}
