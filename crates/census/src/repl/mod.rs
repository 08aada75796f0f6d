//! The prompt of `census query`: reads statements and meta-commands until the end of input.

mod completion;
mod editor;
mod meta;

use crate::commands::query::{print_footer, run_statement, shows_rows, split, write_rows};
use crate::exit::StatementError;
use crate::interrupt;
use crate::output::{Format, expanded_writer};
use crate::surroundings::tell;
use census_engine::Session;
use census_error::{Error, SqlState};
use editor::{Editor, Line};
use meta::{Flow, MetaCommand};
use std::io::{BufWriter, Write};
use std::time::Instant;

/// What the meta-commands can switch.
#[derive(Debug, Default)]
pub struct Display {
    is_expanded: bool,
    is_timed: bool,
}

/// Reads and answers until `\q` or the end of input.
///
/// # Errors
/// Only what keeps the prompt from going on; a failed statement is printed and the prompt returns.
pub async fn run(session: Session) -> anyhow::Result<()> {
    let mut editor = Editor::new(completion::SqlCompleter::new(&session));
    let mut display = Display::default();
    tell(&format!("census {}. \\? shows help, \\q leaves.", env!("CARGO_PKG_VERSION")));
    loop {
        match tokio::task::block_in_place(|| editor.read())? {
            Line::End => return Ok(()),
            Line::Abandoned => {}
            Line::Text(text) => {
                if MetaCommand::is_one(&text) {
                    match meta_command(&session, &mut display, &text).await {
                        Ok(Flow::Leave) => return Ok(()),
                        Ok(Flow::Stay) => {}
                        Err(error) => print_error(&error),
                    }
                } else if let Err(error) = answer_all(&session, &display, &text).await {
                    print_error(&error);
                }
            }
        }
    }
}

async fn meta_command(
    session: &Session,
    display: &mut Display,
    text: &str,
) -> anyhow::Result<Flow> {
    let command = MetaCommand::parse(text)?;
    command.run(session, display).await
}

/// Answers each statement of a text in turn; the first that fails ends it.
pub async fn answer_all(session: &Session, display: &Display, text: &str) -> anyhow::Result<()> {
    for statement in split(text)? {
        let started = Instant::now();
        tokio::select! {
            answered = answer(session, display, &statement) => answered?,
            // Only Ctrl-C: the handler of SIGTERM would stay, and keep the prompt from ending.
            () = interrupt::typed() => {
                let error = Error::new(SqlState::QueryCanceled, "canceling statement due to user request");
                return Err(StatementError { error, statement }.into());
            }
        }
        if display.is_timed {
            tell(&format!("Time: {:.3} ms", started.elapsed().as_secs_f64() * 1000.0));
        }
    }
    Ok(())
}

async fn answer(session: &Session, display: &Display, statement: &str) -> anyhow::Result<()> {
    let answer = run_statement(session, statement).await?;
    if !shows_rows(&answer) {
        return Ok(());
    }
    let completeness = answer.completeness.clone();
    let mut out = BufWriter::new(std::io::stdout());
    let mut writer = if display.is_expanded {
        expanded_writer(&answer.schema, &mut out)
    } else {
        Format::Table.writer(&answer.schema, &mut out)?
    };
    write_rows(answer, statement, writer.as_mut()).await?;
    writer.finish()?;
    out.flush()?;
    print_footer(&completeness);
    Ok(())
}

fn print_error(error: &anyhow::Error) {
    crate::exit::print(error);
}
