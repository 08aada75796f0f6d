//! Lists the dataset files under `directory/`, so that adding a dataset is adding one file.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../directory");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut list = String::from("[\n");
    for schema in sorted_entries(&root)? {
        if !schema.is_dir() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", schema.display());
        for file in sorted_entries(&schema)? {
            if file.extension().is_some_and(|extension| extension == "toml") {
                println!("cargo::rerun-if-changed={}", file.display());
                let label =
                    Path::new("directory").join(file.strip_prefix(&root)?).display().to_string();
                let path = file.canonicalize()?.display().to_string();
                writeln!(list, "({label:?}, include_str!({path:?})),")?;
            }
        }
    }
    list.push(']');
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("builtin.rs"), list)?;
    Ok(())
}

/// Sorted, because the order of a folder differs between machines and the result should not.
fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        entries.push(entry?.path());
    }
    entries.sort();
    Ok(entries)
}
