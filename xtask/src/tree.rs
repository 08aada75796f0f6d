//! The work tree: its root, the files that belong to it, and the commands run in it.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The work tree that is checked.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
}

impl Tree {
    /// Finds the tree that this program was built from.
    ///
    /// # Errors
    /// Fails where the folder of this crate has no parent.
    pub fn find() -> Result<Self> {
        // Cargo tells where it runs this; a build may have been made in another clone.
        let folder = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = folder.parent().context("xtask stands in no workspace")?;
        Ok(Self { root: root.to_owned() })
    }

    /// Reads a file by its path from the root.
    ///
    /// # Errors
    /// Fails where the file cannot be read or is not UTF-8.
    pub fn read(&self, path: &str) -> Result<String> {
        std::fs::read_to_string(self.root.join(path))
            .with_context(|| format!("{path} cannot be read"))
    }

    /// Writes a file by its path from the root.
    ///
    /// # Errors
    /// Fails where the file cannot be written.
    pub fn write(&self, path: &str, text: &str) -> Result<()> {
        std::fs::write(self.root.join(path), text)
            .with_context(|| format!("{path} cannot be written"))
    }

    /// Reads a file as it is, for those that may not be text.
    ///
    /// # Errors
    /// Fails where the file cannot be read.
    pub fn read_bytes(&self, path: &str) -> Result<Vec<u8>> {
        std::fs::read(self.root.join(path)).with_context(|| format!("{path} cannot be read"))
    }

    /// Returns the paths, from the root, of all files that are tracked or could be added.
    ///
    /// # Errors
    /// Fails where git cannot be run.
    pub fn files(&self) -> Result<Vec<String>> {
        let listed = self.output(
            "git",
            &["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
        )?;
        let names = listed.split('\0').filter(|name| !name.is_empty());
        // A file that is deleted but not yet committed is still listed.
        Ok(names.filter(|name| self.root.join(name).is_file()).map(str::to_owned).collect())
    }

    /// Returns what a command prints on stdout.
    ///
    /// # Errors
    /// Fails where the command cannot be started, fails, or prints no UTF-8.
    pub fn output(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let output = command(program)
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .with_context(|| format!("{program} cannot be started"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("{program} {} failed: {}", arguments.join(" "), said.trim());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Runs cargo with its output shown, and returns whether it succeeded.
    ///
    /// # Errors
    /// Fails where cargo cannot be started.
    pub fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Result<bool> {
        let status = command("cargo")
            .args(arguments)
            .envs(variables.iter().copied())
            .current_dir(&self.root)
            .status()
            .context("cargo cannot be started")?;
        Ok(status.success())
    }
}

/// Returns a command that knows nothing of this package.
///
/// What `cargo xtask` says of it would reach build scripts that watch it (ring's does), and all that depends on them
/// would be built again after every build that was started without.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_MANIFEST_") || text.starts_with("CARGO_PKG_") {
            command.env_remove(&name);
        }
    }
    command
}
