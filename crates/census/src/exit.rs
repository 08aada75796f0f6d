//! How a command ends: exit codes, and errors on stderr.

use crate::surroundings::tell;
use census_error::{Error, Fault};
use std::process::ExitCode;

/// The end of a command that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done: 0.
    Done,
    /// Something the user has to fix was found and reported: 1.
    UserFault,
    /// Finished, but some scopes could not be read: 3.
    Incomplete,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::UserFault => Self::from(1),
            Exit::Incomplete => Self::from(3),
        }
    }
}

/// An error of a statement together with its text, so that a caret can be drawn.
#[derive(Debug)]
pub struct StatementError {
    /// What went wrong.
    pub error: Error,
    /// The statement its span points into.
    pub statement: String,
}

impl std::fmt::Display for StatementError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for StatementError {}

/// Prints an error on stderr and returns its exit code: 1 the user's to fix, 2 ours.
pub fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        // Whoever reads our output has enough of it, as `head` does; that is no failure of theirs.
        return ExitCode::SUCCESS;
    }
    ExitCode::from(match print(error) {
        Fault::User => 1,
        Fault::Ours => 2,
    })
}

/// Tells on stderr what a panic is, of which the words are there already, and returns its exit code.
pub fn from_panic() -> ExitCode {
    tell("HINT:  This is a defect of Census. Please report the command and this message.");
    ExitCode::from(2)
}

/// Prints an error on stderr and tells whose it is.
pub fn print(error: &anyhow::Error) -> Fault {
    let (text, fault) = if let Some(failed) = error.downcast_ref::<StatementError>() {
        (census_error::terminal(&failed.error, Some(&failed.statement)), failed.error.fault())
    } else if let Some(error) = error.downcast_ref::<Error>() {
        (census_error::terminal(error, None), error.fault())
    } else {
        (format!("ERROR:  {error:#}"), fault_of_foreign(error))
    };
    crate::surroundings::tell(&text);
    fault
}

/// Prints clap's message and returns its code: help is no failure, a wrong usage is the user's to fix.
pub fn from_usage(error: &clap::Error) -> ExitCode {
    // The terminal being gone is the only way printing can fail; there is nobody left to tell.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// Tells whether whoever read the output has gone.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Files that cannot be read or written are the user's to fix; anything else unknown is ours.
fn fault_of_foreign(error: &anyhow::Error) -> Fault {
    if error.chain().any(<dyn std::error::Error>::is::<std::io::Error>) {
        Fault::User
    } else {
        Fault::Ours
    }
}
