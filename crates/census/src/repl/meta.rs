//! Meta-commands of the prompt: one line each in [`COMMANDS`].

use super::{Display, answer_all};
use census_engine::Session;
use census_error::{Error, SqlState};

/// Whether the prompt goes on.
pub enum Flow {
    /// It does.
    Stay,
    /// It ends.
    Leave,
}

/// What a meta-command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Describe,
    Tables,
    Functions,
    Timing,
    Expanded,
    Help,
    Quit,
}

struct Declaration {
    name: &'static str,
    argument: &'static str,
    summary: &'static str,
    action: Action,
}

const COMMANDS: &[Declaration] = &[
    Declaration {
        name: "\\d",
        argument: "[NAME]",
        summary: "columns of a dataset; without a name as \\dt",
        action: Action::Describe,
    },
    Declaration {
        name: "\\dt",
        argument: "",
        summary: "datasets and tables",
        action: Action::Tables,
    },
    Declaration {
        name: "\\df",
        argument: "[NAME]",
        summary: "functions, or those of a name",
        action: Action::Functions,
    },
    Declaration {
        name: "\\timing",
        argument: "",
        summary: "switches the display of times",
        action: Action::Timing,
    },
    Declaration {
        name: "\\x",
        argument: "",
        summary: "switches expanded display",
        action: Action::Expanded,
    },
    Declaration { name: "\\?", argument: "", summary: "this help", action: Action::Help },
    Declaration { name: "\\q", argument: "", summary: "leaves", action: Action::Quit },
];

/// A meta-command that was typed.
#[derive(Debug)]
pub struct MetaCommand {
    action: Action,
    argument: Option<String>,
}

impl MetaCommand {
    /// Reads a line that begins with a backslash.
    ///
    /// # Errors
    /// 42601 where there is no such command.
    pub fn parse(line: &str) -> Result<Self, Error> {
        let mut words = line.trim().trim_end_matches(';').split_whitespace();
        let name = words.next().unwrap_or_default();
        let declaration = COMMANDS.iter().find(|declaration| declaration.name == name);
        let Some(declaration) = declaration else {
            return Err(Error::new(SqlState::SyntaxError, format!("invalid command \"{name}\""))
                .with_hint("\\? shows the commands."));
        };
        Ok(Self { action: declaration.action, argument: words.next().map(str::to_owned) })
    }

    /// Does what the command says.
    ///
    /// # Errors
    /// Those of the statement it stands for.
    pub async fn run(self, session: &Session, display: &mut Display) -> anyhow::Result<Flow> {
        match self.action {
            Action::Quit => return Ok(Flow::Leave),
            Action::Help => print_help(),
            Action::Timing => {
                display.is_timed = !display.is_timed;
                eprintln!("Timing is {}.", on_or_off(display.is_timed));
            }
            Action::Expanded => {
                display.is_expanded = !display.is_expanded;
                eprintln!("Expanded display is {}.", on_or_off(display.is_expanded));
            }
            Action::Functions => print_functions(self.argument.as_deref())?,
            Action::Tables => tables(session, display).await?,
            Action::Describe => match &self.argument {
                None => tables(session, display).await?,
                Some(name) => describe(session, display, name).await?,
            },
        }
        Ok(Flow::Stay)
    }
}

async fn tables(session: &Session, display: &Display) -> anyhow::Result<()> {
    let statement = "SELECT table_schema AS schema, table_name AS name FROM information_schema.tables \
                     WHERE table_schema IN ('aws', 'census') ORDER BY 1, 2";
    answer_all(session, display, statement).await
}

async fn describe(session: &Session, display: &Display, name: &str) -> anyhow::Result<()> {
    let (schema, table) = name.split_once('.').unwrap_or(("aws", name));
    let statement = format!(
        "SELECT column_name AS column, CASE WHEN data_type IN ('ARRAY', 'USER-DEFINED') THEN udt_name \
         ELSE data_type END AS type FROM information_schema.columns \
         WHERE table_schema = '{}' AND table_name = '{}' ORDER BY ordinal_position",
        schema.replace('\'', "''"),
        table.replace('\'', "''"),
    );
    // An unknown name must be an error with a hint, as in a query, rather than an empty table.
    session.query(&format!("SELECT * FROM {name} LIMIT 0")).await?;
    answer_all(session, display, &statement).await
}

fn print_functions(name: Option<&str>) -> Result<(), Error> {
    let mut found = false;
    for function in census_engine::functions() {
        if name.is_none_or(|name| name.eq_ignore_ascii_case(function.name)) {
            found = true;
            println!("{}\n    {}", function.syntax, function.summary);
        }
    }
    match name {
        Some(name) if !found => Err(Error::new(
            SqlState::UndefinedFunction,
            format!("function \"{name}\" does not exist"),
        )),
        _ => Ok(()),
    }
}

fn print_help() {
    for command in COMMANDS {
        let head = format!("{} {}", command.name, command.argument);
        println!("{head:12} {}", command.summary);
    }
    println!("A statement ends with a semicolon and may take several lines.");
}

fn on_or_off(state: bool) -> &'static str {
    if state { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_command_is_an_error_that_names_it() {
        let error = MetaCommand::parse("\\dx foo").unwrap_err();
        assert_eq!(error.message(), "invalid command \"\\dx\"");
    }

    #[test]
    fn argument_loses_its_semicolon() {
        let command = MetaCommand::parse("\\d aws.apigatewayv2_api;").unwrap();
        assert_eq!(command.action, Action::Describe);
        assert_eq!(command.argument.as_deref(), Some("aws.apigatewayv2_api"));
    }
}
