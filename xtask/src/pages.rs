//! Pages that are made of code; a test of each crate says where one is out of date.

use crate::tree::Tree;
use anyhow::Result;

/// The pages: where each stands, and the package and example that print it.
const PAGES: [(&str, &str, &str); 1] =
    [("docs/reference/functions.md", "census-dialect", "functions_page")];

/// Writes every page.
///
/// # Errors
/// Fails where an example does not build or a page cannot be written.
pub fn write(tree: &Tree) -> Result<()> {
    for (path, package, example) in PAGES {
        let page =
            tree.output("cargo", &["run", "--quiet", "--package", package, "--example", example])?;
        tree.write(path, &page)?;
        println!("{path}");
    }
    Ok(())
}
