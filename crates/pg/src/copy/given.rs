//! What COPY is told of its options, before what they mean together is known.

use super::options::{Argument, CopyFormat, CopyOptions, QuotedColumns};
use crate::command_reader::Word;
use census_error::{Error, Result, Span, SqlState};

/// The names under which UTF-8 is known.
const UTF8: [&str; 3] = ["utf8", "utf-8", "unicode"];

/// What may be no delimiter in text: it would be taken for an escape, or for the end.
const NO_DELIMITERS: &str = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

/// The options as they are given.
#[derive(Default)]
pub(super) struct Given {
    names: Vec<String>,
    format: Option<CopyFormat>,
    has_header: bool,
    delimiter: Option<String>,
    null: Option<String>,
    quote: Option<String>,
    escape: Option<String>,
    quoted: Option<QuotedColumns>,
    /// An option that only COPY FROM has, as messages call it.
    foreign: Option<&'static str>,
}

impl Given {
    /// Takes an option.
    ///
    /// # Errors
    /// 42601 for an option that does not exist, is given twice or lacks its value, 22023 for a value that it cannot
    /// have.
    pub(super) fn take(&mut self, name: &str, word: &Word, argument: Argument) -> Result<()> {
        let span = Span { start: word.start, end: word.end };
        let syntax = |message: String| Error::new(SqlState::SyntaxError, message);
        let invalid = |message: String| {
            Err(Error::new(SqlState::InvalidParameterValue, message).with_span(span))
        };
        if self.names.iter().any(|known| known == name) {
            return Err(syntax("conflicting or redundant options".to_owned()).with_span(span));
        }
        self.names.push(name.to_owned());
        let value = || match &argument {
            Argument::Value(value) => Ok(value.clone()),
            Argument::All => Ok("*".to_owned()),
            Argument::None => Err(syntax(format!("{name} requires a parameter"))),
            Argument::Names(names) => Ok(names.join(", ")),
        };
        match name {
            "format" => match value()?.as_str() {
                "text" => self.format = Some(CopyFormat::Text),
                "csv" => self.format = Some(CopyFormat::Csv),
                "binary" => self.format = Some(CopyFormat::Binary),
                other => return invalid(format!("COPY format \"{other}\" not recognized")),
            },
            "header" => self.has_header = header(&argument)?,
            "freeze" => {}
            "delimiter" => self.delimiter = Some(value()?),
            "null" => self.null = Some(value()?),
            "quote" => self.quote = Some(value()?),
            "escape" => self.escape = Some(value()?),
            "force_quote" => match argument {
                Argument::All => self.quoted = Some(QuotedColumns::All),
                Argument::Names(names) => self.quoted = Some(QuotedColumns::Named(names)),
                _ => return invalid(no_names(name)),
            },
            "force_not_null" | "force_null" => match argument {
                Argument::Names(_) if name == "force_null" => self.foreign = Some("force null"),
                Argument::Names(_) => self.foreign = Some("force not null"),
                _ => return invalid(no_names(name)),
            },
            "encoding" => {
                if !UTF8.contains(&value()?.to_lowercase().as_str()) {
                    return invalid("argument to option \"encoding\" must be UTF8".to_owned());
                }
            }
            _ => return Err(syntax(format!("option \"{name}\" not recognized")).with_span(span)),
        }
        Ok(())
    }

    /// Returns what the options mean together; the order of the checks is that of PostgreSQL's `ProcessCopyOptions`.
    ///
    /// # Errors
    /// 42601, 0A000 and 22023 for options that do not go together.
    pub(super) fn finish(self) -> Result<CopyOptions> {
        let format = self.format.unwrap_or(CopyFormat::Text);
        let is_csv = format == CopyFormat::Csv;
        let is_binary = format == CopyFormat::Binary;
        if is_binary && self.delimiter.is_some() {
            return refuse(SqlState::SyntaxError, "cannot specify DELIMITER in BINARY mode");
        }
        if is_binary && self.null.is_some() {
            return refuse(SqlState::SyntaxError, "cannot specify NULL in BINARY mode");
        }
        let default = if is_csv { "," } else { "\t" };
        let delimiter = character("delimiter", self.delimiter.as_deref().unwrap_or(default))?;
        let default = if is_csv { "" } else { "\\N" };
        let null = self.null.unwrap_or_else(|| default.to_owned());
        check_lines(delimiter, &null)?;
        if !is_csv && NO_DELIMITERS.contains(delimiter) {
            let message = format!("COPY delimiter cannot be \"{delimiter}\"");
            return refuse(SqlState::InvalidParameterValue, &message);
        }
        if is_binary && self.has_header {
            return refuse(SqlState::FeatureNotSupported, "cannot specify HEADER in BINARY mode");
        }
        only_csv("quote", is_csv || self.quote.is_none())?;
        let quote = character("quote", self.quote.as_deref().unwrap_or("\""))?;
        if is_csv && delimiter == quote {
            let message = "COPY delimiter and quote must be different";
            return refuse(SqlState::InvalidParameterValue, message);
        }
        only_csv("escape", is_csv || self.escape.is_none())?;
        let escape = match &self.escape {
            Some(escape) => character("escape", escape)?,
            None => quote,
        };
        only_csv("force quote", is_csv || self.quoted.is_none())?;
        if let Some(foreign) = self.foreign {
            only_csv(foreign, is_csv)?;
            let message = format!("COPY {foreign} only available using COPY FROM");
            return refuse(SqlState::FeatureNotSupported, &message);
        }
        if null.contains(delimiter) {
            let message = "COPY delimiter must not appear in the NULL specification";
            return refuse(SqlState::FeatureNotSupported, message);
        }
        if is_csv && null.contains(quote) {
            let message = "CSV quote character must not appear in the NULL specification";
            return refuse(SqlState::FeatureNotSupported, message);
        }
        let quoted = self.quoted.unwrap_or(QuotedColumns::Named(Vec::new()));
        let has_header = self.has_header;
        Ok(CopyOptions { format, has_header, delimiter, null, quote, escape, quoted })
    }
}

fn refuse<T>(sqlstate: SqlState, message: &str) -> Result<T> {
    Err(Error::new(sqlstate, message))
}

fn no_names(option: &str) -> String {
    format!("argument to option \"{option}\" must be a list of column names")
}

/// Reads whether there is a line of names.
fn header(argument: &Argument) -> Result<bool> {
    let Argument::Value(value) = argument else { return Ok(*argument == Argument::None) };
    match value.to_lowercase().as_str() {
        "true" | "on" | "1" => Ok(true),
        "false" | "off" | "0" => Ok(false),
        "match" => {
            refuse(SqlState::FeatureNotSupported, "cannot use \"match\" with HEADER in COPY TO")
        }
        _ => refuse(SqlState::SyntaxError, "header requires a Boolean value or \"match\""),
    }
}

/// Refuses line ends where one line would become two.
fn check_lines(delimiter: char, null: &str) -> Result<()> {
    let ends = ['\n', '\r'];
    if ends.contains(&delimiter) {
        let message = "COPY delimiter cannot be newline or carriage return";
        return refuse(SqlState::InvalidParameterValue, message);
    }
    if null.contains(ends) {
        let message = "COPY null representation cannot use newline or carriage return";
        return refuse(SqlState::InvalidParameterValue, message);
    }
    Ok(())
}

fn only_csv(what: &str, is_fine: bool) -> Result<()> {
    if is_fine {
        return Ok(());
    }
    let message = format!("COPY {what} available only in CSV mode");
    refuse(SqlState::FeatureNotSupported, &message)
}

fn character(what: &str, value: &str) -> Result<char> {
    let mut characters = value.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) if only.is_ascii() => Ok(only),
        _ => {
            let message = format!("COPY {what} must be a single one-byte character");
            refuse(SqlState::FeatureNotSupported, &message)
        }
    }
}
