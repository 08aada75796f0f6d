//! `cargo xtask`: what the house rules ask for beyond the compiler.

mod checks;
mod dataset;
mod pages;
mod tree;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
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
    /// Drafts a dataset file from AWS's model of a list operation: names and types, not prose
    Dataset {
        /// The service's model, as botocore has it: data/SERVICE/VERSION/service-2.json
        #[arg(value_name = "MODEL")]
        model: PathBuf,
        /// The list operation, for example GetStages
        #[arg(value_name = "OPERATION")]
        operation: String,
    },
    /// Writes the pages that are made of code
    Pages,
}

fn main() -> anyhow::Result<ExitCode> {
    let tree = Tree::find()?;
    let failed = match Arguments::parse().command {
        Command::Check { only } => checks::run(&tree, &only)?,
        Command::Dataset { model, operation } => {
            print!("{}", dataset::draft(&model, &operation)?);
            false
        }
        Command::Pages => {
            pages::write(&tree)?;
            false
        }
    };
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
