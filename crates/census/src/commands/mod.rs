//! The command line: one file a command, each with its arguments and its `run`.

mod check;
mod collect;
mod demo;
mod directory;
mod forget;
mod plan;
pub mod query;
mod selection;
mod serve;
mod simulate;

use crate::configuration::Configuration;
use crate::exit::Exit;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// What is told below the options of `census --help`.
const AFTER_HELP: &str = "\
Environment:
  CENSUS_STORE  The store, where --store does not name one
  CENSUS_LOG    Diagnostics on stderr, for example census_collect=debug
  NO_COLOR      No colour at the prompt
  AWS_…         As for AWS's own tools

Exit codes:
  0  Done
  1  An error to fix outside Census: in the statement, the configuration, the store or AWS;
     or findings, where a check was told to fail on them
  2  A defect of Census
  3  Finished, but some lists could not be read; their last good rows are kept";

/// The heading of options that every command has.
const EVERYWHERE: &str = "Options of every command";

/// An inventory of a cloud that answers in DDSQL
#[derive(Debug, Parser)]
#[command(name = "census", version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Arguments {
    /// Where the census is kept: a folder, file:///…, s3://bucket/prefix or memory: [default:
    /// CENSUS_STORE, else census.toml's, else ./.census]
    #[arg(long, global = true, value_name = "URL", help_heading = EVERYWHERE)]
    store: Option<String>,

    /// The configuration file [default: ./census.toml where there is one]
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    config: Option<PathBuf>,

    /// A folder of dataset files besides the builtin ones, as in FOLDER/aws/thing.toml
    #[arg(long = "directory", global = true, value_name = "FOLDER", help_heading = EVERYWHERE)]
    directory_folder: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Collect(collect::Collect),
    Plan(plan::Plan),
    Query(query::Query),
    Directory(directory::DirectoryPage),
    Check(check::Check),
    Simulate(simulate::Simulate),
    Demo(demo::Demo),
    Serve(serve::Serve),
    Forget(forget::Forget),
}

/// Runs the command that was asked for.
pub async fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let configuration = Configuration::read(
        arguments.config.as_deref(),
        arguments.store,
        arguments.directory_folder,
    )?;
    match arguments.command {
        Command::Collect(command) => Box::pin(command.run(&configuration)).await,
        Command::Plan(command) => command.run(&configuration).await,
        Command::Query(command) => Box::pin(command.run(&configuration)).await,
        Command::Directory(command) => command.run(&configuration),
        Command::Check(command) => command.run(&configuration).await,
        Command::Simulate(command) => Box::pin(command.run(&configuration)).await,
        Command::Demo(command) => command.run(&configuration).await,
        Command::Serve(command) => Box::pin(command.run(&configuration)).await,
        Command::Forget(command) => command.run(&configuration).await,
    }
}
