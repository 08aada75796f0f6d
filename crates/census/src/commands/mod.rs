//! The command line: one file a command, each with its arguments and its `run`.

mod collect;
mod demo;
mod directory;
pub mod query;

use crate::configuration::Configuration;
use crate::exit::Exit;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// An inventory of a cloud that answers in DDSQL.
#[derive(Debug, Parser)]
#[command(name = "census", version, propagate_version = true, arg_required_else_help = true)]
pub struct Arguments {
    /// Where the census is kept: a folder, file:///…, s3://bucket/prefix or memory:
    #[arg(long, global = true, value_name = "URL")]
    store: Option<String>,

    /// The configuration file [default: ./census.toml where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Collect(collect::Collect),
    Query(query::Query),
    Directory(directory::DirectoryPage),
    Demo(demo::Demo),
}

/// Runs the command that was asked for.
pub async fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let configuration = Configuration::read(arguments.config.as_deref(), arguments.store)?;
    match arguments.command {
        Command::Collect(command) => command.run(&configuration).await,
        Command::Query(command) => command.run(&configuration).await,
        Command::Directory(command) => command.run(),
        Command::Demo(command) => command.run(&configuration).await,
    }
}
