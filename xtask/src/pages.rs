//! Pages that are made of code; a test of each crate says where one is out of date.

use crate::tree::Tree;
use anyhow::Result;

/// The pages: where each stands, and the example that prints it.
const PAGES: [(&str, &str); 2] =
    [("docs/reference/functions.md", "functions_page"), ("docs/reference/rules.md", "rules_page")];

/// Writes every page.
///
/// # Errors
/// Fails where an example does not build or a page cannot be written.
pub fn write(tree: &Tree) -> Result<()> {
    for (path, example) in PAGES {
        // Naming the package would select other features, and build DataFusion again.
        let page = tree.output("cargo", &["run", "--quiet", "--example", example])?;
        tree.write(path, &page)?;
        println!("{path}");
    }
    Ok(())
}
