//! No file tells where it was written: homes of users and package registries stay out.

use super::Check;
use crate::tree::Tree;
use anyhow::Result;

/// Files read the same on every machine.
pub const CHECK: Check = Check {
    name: "paths",
    remedy: "say it relative to the repository, or through an environment variable",
    run: machine_paths,
};

/// Each is split so that this file does not find itself.
const FORBIDDEN: &[(&str, &str)] = &[
    ("/home", "/"),
    ("/root", "/"),
    ("/Users", "/"),
    ("index.crates", ".io"),
    ("pypi.org", "/simple"),
    ("registry.npmjs", ".org"),
];

fn machine_paths(tree: &Tree) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for file in tree.files()? {
        // cargo writes its registry there, and only cargo does.
        if file == "Cargo.lock" {
            continue;
        }
        let bytes = tree.read_bytes(&file)?;
        if let Ok(text) = std::str::from_utf8(&bytes) {
            faults.extend(faults_of(&file, text));
        }
    }
    Ok(faults)
}

fn faults_of(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (head, tail) in FORBIDDEN {
            let found = line.match_indices(head).any(|(start, _)| {
                line[start + head.len()..].starts_with(tail) && starts_a_word(&line[..start])
            });
            if found {
                faults.push(format!("{file}:{}: contains \"{head}{tail}\"", number + 1));
            }
        }
    }
    faults
}

/// A folder `crates/x/home/` is ours; only a path that starts there is a machine's.
fn starts_a_word(before: &str) -> bool {
    !before.ends_with(|last: char| last.is_alphanumeric() || "._-}".contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_of_a_user_is_found_with_its_line() {
        let text = format!("a\nlet path = \"{}{}ada/x\";\n", "/home", "/");
        assert_eq!(faults_of("a.rs", &text), [format!("a.rs:2: contains \"{}{}\"", "/home", "/")]);
    }

    #[test]
    fn folder_inside_the_repository_is_fine() {
        assert!(faults_of("a.md", &format!("see web{}{}page", "/home", "/")).is_empty());
    }
}
