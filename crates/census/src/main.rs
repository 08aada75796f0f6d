//! The `census` binary: parses the command line, runs one command, exits with its code.

mod collecting;
mod commands;
mod configuration;
mod exit;
mod expectation;
mod failed_scopes;
mod freshness;
mod interrupt;
mod output;
mod progress;
mod recording;
mod repl;
mod sarif;
mod schedule;
mod surroundings;
mod taken;

use clap::Parser;
use commands::Arguments;
use exit::Exit;
use std::process::ExitCode;

/// The system allocator keeps what a query has freed; mimalloc gives it back and is faster with Arrow's buffers.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return exit::from_usage(&error),
    };
    surroundings::start_logging();
    match std::panic::catch_unwind(|| run(arguments)) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(error)) => exit::report(&error),
        Err(_) => exit::from_panic(),
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let exit = runtime.block_on(commands::run(arguments));
    // Tasks that still hang on a socket must not keep a finished command from exiting.
    runtime.shutdown_background();
    exit
}
