//! `cargo xtask`: what the house rules ask for beyond the compiler.

mod checks;
mod pages;
mod tree;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tree::Tree;

/// Work on the project itself.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the checks of the house, in order, and names each one that fails
    Check {
        /// Runs only these checks
        #[arg(long, value_delimiter = ',', value_name = "NAMES", value_parser = checks::names())]
        only: Vec<String>,
    },
    /// Writes the pages that are made of code
    Pages,
}

fn main() -> anyhow::Result<ExitCode> {
    let tree = Tree::find()?;
    let failed = match Arguments::parse().command {
        Command::Check { only } => checks::run(&tree, &only)?,
        Command::Pages => {
            pages::write(&tree)?;
            false
        }
    };
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
