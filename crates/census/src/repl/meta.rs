//! Meta-commands of the prompt: one line each in [`COMMANDS`].

use super::{Display, answer_all};
use crate::surroundings::tell;
use census_engine::Session;
use census_error::{Error, SqlState};
use std::io::Write;

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
        summary: "functions, one with its examples, or those like json_*",
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
    /// Tells whether a text is meant as a meta-command: it begins with a backslash, or is a word that psql takes
    /// for one.
    pub fn is_one(text: &str) -> bool {
        text.trim_start().starts_with('\\') || spelled_out(text).is_some()
    }

    /// Reads a line that begins with a backslash.
    ///
    /// # Errors
    /// 42601 where there is no such command.
    pub fn parse(line: &str) -> Result<Self, Error> {
        let mut words = line.trim().trim_end_matches(';').split_whitespace();
        let first = words.next().unwrap_or_default();
        let name = spelled_out(line).unwrap_or(first);
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
            Action::Help => print_help()?,
            Action::Timing => {
                display.is_timed = !display.is_timed;
                tell(&format!("Timing is {}.", on_or_off(display.is_timed)));
            }
            Action::Expanded => {
                display.is_expanded = !display.is_expanded;
                tell(&format!("Expanded display is {}.", on_or_off(display.is_expanded)));
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

/// Returns the meta-command that a word alone stands for.
fn spelled_out(text: &str) -> Option<&'static str> {
    let word = text.trim().trim_end_matches(';').trim_end();
    match word.to_ascii_lowercase().as_str() {
        "quit" | "exit" => Some("\\q"),
        "help" => Some("\\?"),
        _ => None,
    }
}

async fn tables(session: &Session, display: &Display) -> anyhow::Result<()> {
    let statement = "SELECT table_schema AS schema, table_name AS name FROM information_schema.tables \
                     WHERE table_schema IN ('aws', 'census') ORDER BY 1, 2";
    answer_all(session, display, statement).await
}

async fn describe(session: &Session, display: &Display, name: &str) -> anyhow::Result<()> {
    // An unknown name must be an error with a hint, as in a query, rather than an empty table.
    session.query(&format!("SELECT * FROM {name} LIMIT 0")).await?;
    let folded = name.to_lowercase().replace('"', "");
    let (schema, table) = folded.split_once('.').unwrap_or(("aws", &folded));
    let statement = format!(
        "SELECT column_name AS column, CASE data_type WHEN 'ARRAY' THEN ltrim(udt_name, '_') || '[]' \
         WHEN 'USER-DEFINED' THEN udt_name ELSE data_type END AS type FROM information_schema.columns \
         WHERE table_schema = '{}' AND table_name = '{}' ORDER BY ordinal_position",
        schema.replace('\'', "''"),
        table.replace('\'', "''"),
    );
    answer_all(session, display, &statement).await
}

/// Prints all functions by section, or those that a pattern such as `json_*` names; one alone with its examples.
fn print_functions(pattern: Option<&str>) -> anyhow::Result<()> {
    let is_shown =
        |name: &str| pattern.is_none_or(|pattern| is_like(&pattern.to_lowercase(), name));
    let shown: Vec<_> =
        census_engine::functions().filter(|function| is_shown(function.name)).collect();
    if let (Some(pattern), []) = (pattern, shown.as_slice()) {
        let message = format!("function \"{pattern}\" does not exist");
        let error = Error::new(SqlState::UndefinedFunction, message);
        return Err(error.with_hint("\\df lists all functions.").into());
    }
    let mut out = std::io::stdout();
    for functions in shown.chunk_by(|left, right| left.section == right.section) {
        writeln!(out, "{}", functions[0].section.title())?;
        for function in functions {
            writeln!(
                out,
                "  {}\n      {}",
                function.syntax.replace('\n', "\n  "),
                function.summary
            )?;
        }
    }
    if let [function] = shown.as_slice() {
        for example in function.examples {
            writeln!(
                out,
                "  {};\n      {}",
                example.sql,
                example.prints.replace('\n', "\n      ")
            )?;
        }
    }
    Ok(())
}

/// Tells whether a name is like a pattern in which `*` stands for any characters.
fn is_like(pattern: &str, name: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(rest) = name.strip_prefix(before) else {
        return false;
    };
    (0..=rest.len())
        .filter(|start| rest.is_char_boundary(*start))
        .any(|start| is_like(after, &rest[start..]))
}

fn print_help() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    for command in COMMANDS {
        let head = format!("{} {}", command.name, command.argument);
        writeln!(out, "{head:12} {}", command.summary)?;
    }
    writeln!(out, "A statement ends with a semicolon and may take several lines.")
}

fn on_or_off(state: bool) -> &'static str {
    if state { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_a_pattern_stands_for_any_characters() {
        assert!(is_like("json_*", "json_typeof"));
        assert!(is_like("*_to_*", "hstore_to_json"));
        assert!(is_like("akeys", "akeys"));
        assert!(!is_like("json_*", "to_json"));
        assert!(!is_like("json", "json_typeof"));
    }

    #[test]
    fn unknown_command_is_an_error_that_names_it() {
        let error = MetaCommand::parse("\\dx foo").unwrap_err();
        assert_eq!(error.message(), "invalid command \"\\dx\"");
    }

    #[test]
    fn quit_and_exit_leave_as_in_psql() {
        assert!(MetaCommand::is_one("quit") && MetaCommand::is_one(" Exit; "));
        assert!(!MetaCommand::is_one("quit now"));
        assert_eq!(MetaCommand::parse("exit").unwrap().action, Action::Quit);
    }

    #[test]
    fn argument_loses_its_semicolon() {
        let command = MetaCommand::parse("\\d aws.apigatewayv2_api;").unwrap();
        assert_eq!(command.action, Action::Describe);
        assert_eq!(command.argument.as_deref(), Some("aws.apigatewayv2_api"));
    }
}
