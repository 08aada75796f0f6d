//! No module has a name that says nothing of what is in it.

use super::Check;
use crate::tree::Tree;
use anyhow::Result;
use std::path::Path;

/// Modules are named after things of the domain.
pub const CHECK: Check = Check {
    name: "names",
    remedy: "name the module after the one thing it holds, or move each item to where it is used",
    run: empty_names,
};

/// Names under which anything can be put, and so is.
const FORBIDDEN: &[&str] =
    &["util", "utils", "common", "helper", "helpers", "misc", "manager", "managers"];

const SOURCES: &[&str] = &["rs", "py", "ts", "tsx"];

fn empty_names(tree: &Tree) -> Result<Vec<String>> {
    let files = tree.files()?;
    Ok(files.iter().filter_map(|file| fault(file)).collect())
}

fn fault(file: &str) -> Option<String> {
    let path = Path::new(file);
    let extension = path.extension()?.to_str()?;
    if !SOURCES.contains(&extension) {
        return None;
    }
    let mut parts = path.with_extension("");
    loop {
        let part = parts.file_name()?.to_str()?.to_owned();
        if FORBIDDEN.contains(&part.as_str()) {
            return Some(format!("{file}: the name \"{part}\" says nothing of what is in it"));
        }
        parts.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_name_is_found_as_file_and_as_folder() {
        assert!(fault("crates/store/src/utils.rs").is_some());
        assert!(fault("crates/store/src/common/mod.rs").is_some());
        assert!(fault("tests/python/helpers.py").is_some());
    }

    #[test]
    fn name_that_only_contains_a_forbidden_one_is_fine() {
        assert_eq!(fault("crates/store/src/commons_price.rs"), None);
        assert_eq!(fault("docs/common.md"), None);
    }
}
